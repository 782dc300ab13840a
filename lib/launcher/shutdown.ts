import { logLater } from '#lib/log-later'
import { watchForNpm } from '#lib/process/parent'

const NPM_CHECK_MS = 500
const SAME_KEYPRESS_MS = 1_000

/**
 * Orderly shutdown. Everything that was started registers with `onStop`, and is stopped in reverse order: users of the
 * database before the database.
 */
export class Shutdown {
  /** Aborted when the shutdown begins. */
  readonly requested = new AbortController()
  /** Aborted by a second Ctrl-C: site and worker are killed. The database still stops in order. */
  readonly killNow = new AbortController()
  readonly #closers: (() => Promise<unknown>)[] = []
  readonly #npmGone = watchForNpm()
  #beganAt = 0

  onStop(close: () => Promise<unknown>): void {
    this.#closers.push(close)
  }

  /** Whether the shutdown was requested. Checks npm too, so that a start right after kill -9 of npm waits for this one. */
  isRequested(): boolean {
    return this.requested.signal.aborted || this.#npmGone()
  }

  /** @param startup settles when nothing more is started */
  listen(startup: Promise<unknown>): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => this.#onSignal(startup))
    const watch = setInterval(() => {
      if (!this.#npmGone()) return
      clearInterval(watch)
      this.run(startup, 0)
    }, NPM_CHECK_MS).unref()
    // A closed terminal or pipe must not end the process before the shutdown.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
    process.on('uncaughtException', (error) => {
      logLater('fatal', { err: error }, 'the launcher failed and stops everything')
      this.run(startup, 1)
    })
  }

  #onSignal(startup: Promise<unknown>): void {
    // One Ctrl-C arrives twice: from the terminal and from npm.
    if (this.#beganAt && Date.now() - this.#beganAt > SAME_KEYPRESS_MS) this.killNow.abort()
    this.run(startup, 0)
  }

  /** Stops everything, then exits. */
  async run(startup: Promise<unknown>, status: number): Promise<void> {
    if (this.#beganAt) return
    this.#beganAt = Date.now()
    this.requested.abort()
    const killed = new Promise((resolve) => this.killNow.signal.addEventListener('abort', resolve))
    await Promise.race([startup.catch(() => {}), killed])
    for (const close of this.#closers.reverse())
      await close().catch((error) => logLater('error', { err: error }, 'a part could not be stopped'))
    process.exit(status)
  }
}
