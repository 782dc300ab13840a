import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { OperatorError } from '#lib/operator-error'
import { isAlive, startTimeOf } from '#lib/process/identity'

/**
 * After kill -9 of a launcher its children finish their work and end. The next start waits this long for them, then kills
 * them, so that the site is back soon.
 */
const END_TIMEOUT_MS = 1_500

type KnownProcess = { pid: number; startTime: string | undefined }

/** The processes of this launcher, kept in a file: if it is killed, the next start ends them. */
export class ProcessRecord {
  readonly #file: string
  #processes: KnownProcess[] = []

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'run.json')
  }

  add(pid: number): void {
    this.#processes = [...this.#processes.filter(isRunning), { pid, startTime: startTimeOf(pid) }]
    try {
      writeFileSync(this.#file, JSON.stringify(this.#processes), { mode: 0o600 })
    } catch {
      // A full disk. Only the next start needs the file, so this one goes on.
    }
  }

  clear(): void {
    rmSync(this.#file, { force: true })
  }

  /**
   * Waits for the processes of an earlier run, then kills them.
   * @throws {OperatorError} if one belongs to another user
   */
  async endLeftovers(onWait: () => void): Promise<void> {
    const left = this.#read().filter(isRunning)
    if (left.length) onWait()
    for (const giveUp = Date.now() + END_TIMEOUT_MS; left.some(isRunning); await sleep(20))
      if (Date.now() > giveUp) for (const { pid } of left.filter(isRunning)) kill(pid)
  }

  #read(): KnownProcess[] {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'))
    } catch {
      return []
    }
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // Otherwise it has just ended.
    if ((error as NodeJS.ErrnoException).code === 'EPERM')
      throw new OperatorError(
        `Process ${pid} of an earlier run belongs to another user. End it, then start again.`,
      )
  }
}

/** Compares the start time too, because another program may have the pid by now. */
function isRunning({ pid, startTime }: KnownProcess): boolean {
  return startTime !== undefined && isAlive(pid) && startTimeOf(pid) === startTime
}
