import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { birthMark, isAlive } from '#lib/process/identity'

/**
 * When a launcher is killed with -9 its children finish what is under way and end by themselves. A start right after
 * that waits no longer than this for them: whoever restarts wants the site back.
 */
const PATIENCE_MS = 1_500

type Noted = { pid: number; mark: string | undefined }

/** The processes of this run, written down so that the next start knows them if this launcher is killed. */
export class RunRecord {
  readonly #file: string
  #processes: Noted[] = []

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'run.json')
  }

  note(pid: number): void {
    this.#processes = [...this.#processes.filter(isRunning), { pid, mark: birthMark(pid) }]
    try {
      writeFileSync(this.#file, JSON.stringify(this.#processes), { mode: 0o600 })
    } catch {
      // A full disk: the record is a help to the next start, and no reason to end this one.
    }
  }

  /** After an orderly end there is nothing left to know. */
  clear(): void {
    rmSync(this.#file, { force: true })
  }

  /** Waits for what an earlier run left, then kills it. */
  async endLeftovers(onWait: () => void): Promise<void> {
    const left = this.#read().filter(isRunning)
    if (left.length) onWait()
    for (const giveUp = Date.now() + PATIENCE_MS; left.some(isRunning); await sleep(20))
      if (Date.now() > giveUp) for (const { pid } of left.filter(isRunning)) process.kill(pid, 'SIGKILL')
  }

  #read(): Noted[] {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'))
    } catch {
      return []
    }
  }
}

/** The number alone would be any program that got it since. */
function isRunning({ pid, mark }: Noted): boolean {
  return mark !== undefined && isAlive(pid) && birthMark(pid) === mark
}
