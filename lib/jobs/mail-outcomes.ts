import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import type { mails } from '#lib/db/schema'
import { digestOf } from '#lib/letters/notice-digest'
import { log } from '#lib/log'
import { maskEmail } from '#lib/mask'
import { toStorable } from '#lib/postgres-text'

/** The outcome of a claimed mail. `attempt` is absent if it was not tried. */
export type MailOutcome = {
  mail: Pick<typeof mails.$inferSelect, 'id' | 'kind' | 'recipient' | 'data'>
  /** `queued`: due again after `seconds`. */
  state: 'sent' | 'failed' | 'suppressed' | 'queued'
  seconds?: number
  attempt?: string
  /** Outcome of the attempt: `sent`, or the kind of failure. `untried`: the recorded attempt was not made; it is deleted. */
  outcome?: 'sent' | 'server' | 'temporary' | 'permanent' | 'untried'
  reply?: string
  /** Queues the mails that this outcome requires, in its transaction. Not called if the outcome was not stored. */
  followUp?: (tx: Pick<Database, 'execute'>) => Promise<void>
}

/**
 * Stores outcomes in one statement. `sent` is stored in any case, other outcomes only if this worker still has the mail.
 * @returns the ids of the mails whose outcome was stored
 */
export async function markMails(
  db: Pick<Database, 'execute'>,
  outcomes: MailOutcome[],
  worker: string,
): Promise<Set<string>> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with outcome as (
      select * from jsonb_to_recordset(${JSON.stringify(outcomes.map(describe))}::jsonb) as o(
        mail uuid, state text, seconds float8, attempt bigint, outcome text, reply text, notices uuid)
    ),
    attempt as (
      update mail_attempts a set ended_at = now(), outcome = o.outcome, reply = o.reply
      from outcome o where a.id = o.attempt and o.outcome <> 'untried'
    ),
    untried as (
      delete from mail_attempts a using outcome o where a.id = o.attempt and o.outcome = 'untried'
    ),
    marked as (
      update mails m set state = o.state, worker = null,
        sent_at = case when o.state = 'sent' then now() end,
        last_error = case when o.state = 'sent' then null else coalesce(o.reply, m.last_error) end,
        attempts = m.attempts - case when o.outcome = 'untried' then 1 else 0 end,
        not_before = now() + make_interval(secs => coalesce(o.seconds, 0)),
        -- A digest has no lead, so erasing a lead would not delete these bytes.
        raw = case when m.kind = 'notice-digest' and o.state <> 'queued' then null else m.raw end
      from outcome o
      where m.id = o.mail and (o.state = 'sent' or m.state = 'sending' and m.worker = ${worker})
      returning m.id
    ),
    -- The notices in a digest get its outcome.
    notice as (
      update mails n set state = o.state, sent_at = case when o.state = 'sent' then now() end,
        last_error = case when o.state = 'sent' then null else o.reply end
      from outcome o join marked on marked.id = o.mail
      where n.digest_id = o.notices and o.state <> 'queued'
    )
    select id from marked`)
  return new Set(rows.map(({ id }) => id))
}

/** The outcome as a row of the JSON document. */
function describe({ mail, reply, ...outcome }: MailOutcome) {
  return {
    ...outcome,
    mail: mail.id,
    notices: mail.kind === 'notice-digest' ? digestOf(mail) : undefined,
    reply: reply && toStorable(reply),
  }
}

const RETRY_MS = 250

/** Stores outcomes that arrive together in one statement. Retries until stored, because a sent mail can't be undone. */
export class OutcomeWriter {
  readonly #db: Database
  readonly #worker: string
  #waiting: { outcome: MailOutcome; done: () => void }[] = []
  #writing = false

  constructor(db: Database, worker: string) {
    this.#db = db
    this.#worker = worker
  }

  /** Resolves when the outcome is stored. */
  write(outcome: MailOutcome): Promise<void> {
    const written = new Promise<void>((done) => this.#waiting.push({ outcome, done }))
    if (!this.#writing) void this.#run()
    return written
  }

  async #run(): Promise<void> {
    this.#writing = true
    let attempts = 0
    while (this.#waiting.length) {
      // Collects the outcomes of this turn of the event loop.
      await new Promise(setImmediate)
      const batch = this.#waiting
      this.#waiting = []
      try {
        const stored = await this.#store(batch.map(({ outcome }) => outcome))
        for (const { outcome, done } of batch) {
          logOutcome(outcome, stored.has(outcome.mail.id))
          done()
        }
        attempts = 0
      } catch (error) {
        if (attempts++ === 0) log.warn({ err: error }, 'outcomes of mails could not be stored; trying again')
        this.#waiting = [...batch, ...this.#waiting]
        await sleep(RETRY_MS)
      }
    }
    this.#writing = false
  }

  /** @returns the ids of the mails whose outcome was stored */
  #store(outcomes: MailOutcome[]): Promise<Set<string>> {
    if (!outcomes.some(({ followUp }) => followUp)) return markMails(this.#db, outcomes, this.#worker)
    return this.#db.transaction(async (tx) => {
      const marked = await markMails(tx, outcomes, this.#worker)
      for (const { mail, followUp } of outcomes) if (marked.has(mail.id)) await followUp?.(tx)
      return marked
    })
  }
}

function logOutcome({ mail, state, outcome, reply }: MailOutcome, isStored: boolean): void {
  const entry = { mail: mail.id, kind: mail.kind, to: maskEmail(mail.recipient), state }
  if (!isStored)
    log.warn(
      entry,
      'the outcome of a mail changed nothing: stored before, erased, or claimed by another worker',
    )
  else if (outcome === 'untried') return
  else if (state === 'queued') log.warn({ ...entry, failure: outcome, reason: reply }, 'mail')
  else log.info(entry, 'mail')
}
