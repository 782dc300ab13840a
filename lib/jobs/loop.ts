import { log } from '#lib/log'

/** Finds rows that became due by time, and those whose notification was lost. */
const POLL_MS = 1000

/**
 * Calls `work` when woken, or a second after its last call; one call at a time, and again at once while it returns true
 * (there is more). An error is logged, and does not end the loop.
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

  /** Resolves when the current call has ended. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.wake()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#wake = Promise.withResolvers()
      const more = await this.#work().catch((error) => {
        log.warn({ err: error }, 'the outbox could not be processed; trying again')
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
