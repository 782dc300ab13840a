import { logLater } from '#lib/log-later'
import { watchForNpm } from '#lib/process/orphan'

const NPM_CHECK_MS = 500
const SAME_KEYPRESS_MS = 1_000

/**
 * The orderly end. Whatever was started is handed to `onStop`, and ends in the reverse order: those
 * who use the database before the database.
 */
export class Shutdown {
  /** Aborted as soon as the end is wanted. */
  readonly wanted = new AbortController()
  /** Aborted when it is wanted at once. */
  readonly hurry = new AbortController()
  readonly #closers: (() => Promise<unknown>)[] = []
  readonly #npmGone = watchForNpm()
  #beganAt = 0

  onStop(close: () => Promise<unknown>): void {
    this.#closers.push(close)
  }

  /** Whether it is going down; asks about npm anew, so that a start right after a kill -9 of npm waits for us. */
  isWanted(): boolean {
    return this.wanted.signal.aborted || this.#npmGone()
  }

  /** @param startup settles when nothing more is being started */
  listen(startup: Promise<unknown>): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => this.#heed(startup))
    const watch = setInterval(() => {
      if (!this.#npmGone()) return
      clearInterval(watch)
      this.run(startup, 0)
    }, NPM_CHECK_MS).unref()
    // A terminal that closed, or a pipe that nobody reads any more, must not end us out of order.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
    process.on('uncaughtException', (error) => {
      logLater('fatal', { err: error }, 'the launcher failed and stops everything')
      this.run(startup, 1)
    })
  }

  #heed(startup: Promise<unknown>): void {
    // npm passes Ctrl-C on to a process that the terminal has told already: one key press, two signals.
    if (this.#beganAt && Date.now() - this.#beganAt > SAME_KEYPRESS_MS) this.hurry.abort()
    this.run(startup, 0)
  }

  /** Ends everything, then the process. */
  async run(startup: Promise<unknown>, status: number): Promise<void> {
    if (this.#beganAt) return
    this.#beganAt = Date.now()
    this.wanted.abort()
    const hurried = new Promise((resolve) => this.hurry.signal.addEventListener('abort', resolve))
    await Promise.race([startup.catch(() => {}), hurried])
    for (const close of this.#closers.reverse())
      await close().catch((error) => logLater('error', { err: error }, 'a part could not be stopped'))
    process.exit(status)
  }
}
