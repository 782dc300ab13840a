import { log } from '#lib/log'

/** What is due by its time only, and what a lost notification would have told, is seen after this. */
const POLL_MS = 1000

/**
 * Calls `work` when woken, and each second. One call at a time; at once again while it answers that there is more.
 * A fault is logged, and tried again a second later.
 */
export class Loop {
  readonly #work: () => Promise<boolean>
  #wake = Promise.withResolvers<void>()
  #stopped = false
  readonly #running: Promise<void>

  constructor(work: () => Promise<boolean>) {
    this.#work = work
    this.#running = this.#run()
  }

  wake(): void {
    this.#wake.resolve()
  }

  /** Resolves when the call that is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.wake()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#wake = Promise.withResolvers()
      const more = await this.#work().catch((error) => {
        log.warn({ err: error }, 'the outbox could not be worked on; trying again')
        this.#wake = Promise.withResolvers()
        return false
      })
      if (!more) await this.#pause()
    }
  }

  async #pause(): Promise<void> {
    const timer = setTimeout(() => this.wake(), POLL_MS)
    await this.#wake.promise
    clearTimeout(timer)
  }
}
