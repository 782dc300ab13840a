import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { mails } from '#lib/db/schema'
import { Claims } from '#lib/jobs/claims'
import { Loop } from '#lib/jobs/loop'
import { prepareMails, type ReadyMail } from '#lib/jobs/mail-batch'
import { failureOutcome } from '#lib/jobs/mail-failure'
import { OutcomeWriter } from '#lib/jobs/mail-outcomes'
import { MailServerPause } from '#lib/jobs/mail-server-pause'
import { log } from '#lib/log'
import { type MailServerDown, mailServerOf } from '#lib/mail/mail-server'
import { NotTried, Sender } from '#lib/mail/sender'
import { AttemptFailed } from '#lib/mail/smtp'
import { classifyFailure, type Stage } from '#lib/mail/smtp-failure'

/** Size of a batch: small while sending is slow, so that a new notice does not wait behind many claimed mails. */
const MIN_BATCH = 8
const MAX_BATCH = 64
/** After a batch that took less than this, the next one is larger. */
const QUICK_BATCH_MS = 500

/**
 * Claims due mails and delivers them. Pauses while the mail server can't be reached or refuses us, so that an outage costs
 * a probe every few seconds and not an attempt of every mail.
 */
export class MailDelivery {
  readonly #db: Database
  readonly #config: Config
  readonly #worker: string
  readonly #claims: Claims
  readonly #sender: Sender
  readonly #outcomes: OutcomeWriter
  readonly #serverPause: MailServerPause
  readonly #loop: Loop
  #size = MIN_BATCH
  #claimedAt = 0
  #more = false

  constructor(db: Database, config: Config, worker: string) {
    this.#db = db
    this.#config = config
    this.#worker = worker
    this.#claims = new Claims(db, mails, worker)
    this.#sender = new Sender(mailServerOf(config))
    this.#outcomes = new OutcomeWriter(db, worker)
    this.#serverPause = new MailServerPause(db, config, () => this.wake())
    this.#loop = new Loop(() => this.#work())
  }

  wake(): void {
    this.#loop.wake()
  }

  /** Stops gracefully: mails being sent are finished; mails that wait for a connection are left for other workers. */
  async stop(): Promise<void> {
    this.#serverPause.stop()
    const loop = this.#loop.stop()
    this.#sender.clear()
    await loop
    this.#sender.clear()
    await this.#claims.stop()
    this.#sender.close()
  }

  /** Claims and prepares the next batch while the last mails of the previous one are sent. @returns whether there is more */
  async #work(): Promise<boolean> {
    if (this.#serverPause.isDown || this.#sender.waiting > this.#size / 2) return false
    this.#adapt()
    const ids = await this.#claims.take(this.#size)
    this.#more = ids.length === this.#size
    if (ids.length) await this.#prepare(ids)
    return this.#more
  }

  #adapt(): void {
    const took = performance.now() - this.#claimedAt
    this.#size =
      took < QUICK_BATCH_MS ? Math.min(this.#size * 2, MAX_BATCH) : Math.max(this.#size / 2, MIN_BATCH)
    this.#claimedAt = performance.now()
  }

  async #prepare(ids: string[]): Promise<void> {
    try {
      await this.#start(ids)
    } catch (error) {
      log.warn({ err: error }, 'claimed mails could not be prepared; they are retried')
      const [id = ''] = ids
      if (ids.length === 1) return this.#claims.release(id)
      // One of them may be the cause, so each is tried alone.
      for (const one of ids) await this.#prepare([one])
    }
  }

  async #start(ids: string[]): Promise<void> {
    const { ready, ended } = await prepareMails(this.#db, ids, this.#worker, this.#config)
    const kept = new Set([...ended, ...ready].map(({ mail }) => mail.id))
    // Another worker has claimed the rest.
    for (const id of ids) if (!kept.has(id)) this.#claims.drop(id)
    for (const outcome of ended) void this.#follow(outcome.mail.id, this.#outcomes.write(outcome))
    // Sorted here, because the sender starts the first ones at once.
    ready.sort((a, b) => b.mail.priority - a.mail.priority || +a.mail.createdAt - +b.mail.createdAt)
    for (const one of ready) void this.#follow(one.mail.id, this.#deliver(one))
  }

  async #follow(id: string, work: Promise<void>): Promise<void> {
    const settled = work.catch((error) =>
      log.error({ err: error, mail: id }, 'a mail could not be processed; it is due again after its lease'),
    )
    await this.#claims.holdWhile(id, settled)
    if (this.#more && this.#sender.waiting <= this.#size / 2) this.wake()
  }

  async #deliver(ready: ReadyMail): Promise<void> {
    const { mail, raw, attempt } = ready
    try {
      const envelope = { from: this.#config.mailFrom.address, to: mail.recipient, raw }
      const reply = await this.#sender.send(envelope, mail.priority)
      await this.#outcomes.write({ mail, state: 'sent', attempt, outcome: 'sent', reply })
      await this.#serverPause.accepted()
    } catch (error) {
      if (error instanceof NotTried)
        return this.#outcomes.write({ mail, state: 'queued', attempt, outcome: 'untried' })
      if (!(error instanceof AttemptFailed)) throw error
      const failure = classifyFailure(error.cause as Error, error.stage)
      const { reason, stage } = error
      const reported = failure.kind === 'server' && this.#pause({ state: failure.state, reason }, stage)
      await this.#outcomes.write(failureOutcome(ready, failure.kind, reason, this.#config))
      await reported
    }
  }

  /** Pauses before anything is written, so that no other mail is tried on the same failure. */
  #pause(down: MailServerDown, stage: Stage): Promise<void> {
    const reported = this.#serverPause.pause(down, stage)
    this.#sender.clear()
    return reported
  }
}
