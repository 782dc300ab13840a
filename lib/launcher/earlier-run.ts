import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { birthMark, isAlive } from '#lib/process/identity'

const PATIENCE_MS = 12_000

/**
 * The processes of this run, written down so that a later one knows them: when a launcher is killed
 * with -9 its children end by themselves, but only after what is under way, and hold the ports until then.
 */
export class RunRecord {
  readonly #file: string
  readonly #processes = new Map<string, { pid: number; mark: string | undefined }>()

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'run.json')
  }

  note(name: string, pid: number): void {
    this.#processes.set(name, { pid, mark: birthMark(pid) })
    try {
      writeFileSync(this.#file, JSON.stringify([...this.#processes.values()]), { mode: 0o600 })
    } catch {
      // A full disk: the record is a help to the next start, and no reason to end this one.
    }
  }

  /** After an orderly end there is nothing left to know. */
  clear(): void {
    rmSync(this.#file, { force: true })
  }

  /** Waits for what an earlier run left; what hangs is killed. */
  async awaitLeftovers(onWait: () => void): Promise<void> {
    const left = this.#read().filter(isSame)
    if (left.length) onWait()
    for (const giveUp = Date.now() + PATIENCE_MS; left.some(isSame); await sleep(50))
      if (Date.now() > giveUp) for (const { pid } of left.filter(isSame)) process.kill(pid, 'SIGKILL')
  }

  #read(): { pid: number; mark?: string }[] {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'))
    } catch {
      return []
    }
  }
}

/** The number alone would be any program that got it since. */
function isSame({ pid, mark }: { pid: number; mark?: string }): boolean {
  return mark !== undefined && isAlive(pid) && birthMark(pid) === mark
}
