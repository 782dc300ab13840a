import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { webhooks } from '#lib/db/schema'
import { Claims } from '#lib/jobs/claims'
import { Loop } from '#lib/jobs/loop'
import { log } from '#lib/log'
import { deliverWebhook } from '#lib/webhooks/deliver'
import type { Receiver } from '#lib/webhooks/send-webhook'

/** Deliveries at the same time. Each is claimed on its own, so one that hangs holds up no other webhook and no mail. */
const MAX_CONCURRENT = 4

/** Claims due webhooks and delivers them. */
export class WebhookDelivery {
  readonly #db: Database
  readonly #config: Config
  readonly #receiver: Receiver
  readonly #claims: Claims
  readonly #loop: Loop
  readonly #underWay = new Set<Promise<void>>()

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
    await Promise.all(this.#underWay)
    this.#claims.stop()
  }

  async #work(): Promise<boolean> {
    const free = MAX_CONCURRENT - this.#underWay.size
    if (free === 0) return false
    const ids = await this.#claims.take(free)
    for (const id of ids) this.#follow(id)
    return false
  }

  #follow(id: string): void {
    const done = deliverWebhook(this.#db, id, this.#receiver, this.#config)
      .catch(async (error) => {
        log.warn({ err: error, webhook: id }, 'the outcome of a webhook could not be stored; it is retried')
        await this.#claims.release([id])
      })
      .finally(() => {
        this.#claims.drop(id)
        this.#underWay.delete(done)
        this.wake()
      })
    this.#underWay.add(done)
  }
}
