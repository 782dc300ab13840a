import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { webhooks } from '#lib/db/schema'
import { Claims } from '#lib/jobs/claims'
import { Loop } from '#lib/jobs/loop'
import { log } from '#lib/log'
import { deliverWebhook } from '#lib/webhooks/deliver'
import type { Receiver } from '#lib/webhooks/send-webhook'

/** Deliveries at the same time. One that hangs, for 15 s at most, takes one of them and holds up no mail. */
const MAX_CONCURRENT = 4

/** Claims due webhooks and delivers them. */
export class WebhookDelivery {
  readonly #db: Database
  readonly #config: Config
  readonly #receiver: Receiver
  readonly #claims: Claims
  readonly #loop: Loop

  constructor(db: Database, config: Config, worker: string, receiver: Receiver) {
    this.#db = db
    this.#config = config
    this.#receiver = receiver
    this.#claims = new Claims(db, webhooks, worker)
    this.#loop = new Loop(() => this.#work())
  }

  wake(): void {
    this.#loop.wake()
  }

  /** Finishes the current deliveries. */
  async stop(): Promise<void> {
    await this.#loop.stop()
    await this.#claims.stop()
  }

  async #work(): Promise<boolean> {
    const free = MAX_CONCURRENT - this.#claims.size
    if (free === 0) return false
    const ids = await this.#claims.take(free)
    for (const id of ids) void this.#deliver(id)
    return false
  }

  async #deliver(id: string): Promise<void> {
    const work = deliverWebhook(this.#db, id, this.#receiver, this.#config).catch((error) => {
      log.warn({ err: error, webhook: id }, 'a webhook or its outcome could not be stored; it is sent again')
      return this.#claims.release(id)
    })
    await this.#claims.holdWhile(id, work)
    this.wake()
  }
}
