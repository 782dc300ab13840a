import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import type { mails } from '#lib/db/schema'
import { digestOf } from '#lib/letters/notice-digest'
import { log } from '#lib/log'
import { maskEmail } from '#lib/mask'

/** What became of a mail that a worker had claimed. Without an attempt it was not tried. */
export type MailOutcome = {
  mail: Pick<typeof mails.$inferSelect, 'id' | 'kind' | 'recipient' | 'data'>
  /** `queued`: it goes on waiting, for so many `seconds`. */
  state: 'sent' | 'failed' | 'suppressed' | 'queued'
  seconds?: number
  attempt?: string
  /** What is written down for the attempt: `sent`, or the sort of the failure. `untried`: there was none after all. */
  outcome?: 'sent' | 'server' | 'temporary' | 'permanent' | 'untried'
  reply?: string
}

/**
 * Writes down outcomes, all in one statement. What was sent is marked in any case; anything else only as long as the
 * mail is this worker's. Answers the ids of those that were marked.
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
        -- A digest belongs to no lead: what it says of people must not outlive their erasure.
        raw = case when m.kind = 'notice-digest' and o.state <> 'queued' then null else m.raw end
      from outcome o
      where m.id = o.mail and (o.state = 'sent' or m.state = 'sending' and m.worker = ${worker})
      returning m.id
    ),
    -- The notices in a digest share its fate.
    notice as (
      update mails n set state = o.state, sent_at = case when o.state = 'sent' then now() end,
        last_error = case when o.state = 'sent' then null else o.reply end
      from outcome o join marked on marked.id = o.mail
      where n.digest_id = o.notices and o.state <> 'queued'
    )
    select id from marked`)
  for (const { mail, state, outcome, reply } of outcomes) {
    if (outcome === 'untried') continue
    const entry = { mail: mail.id, kind: mail.kind, to: maskEmail(mail.recipient), state }
    if (state === 'queued') log.warn({ ...entry, failure: outcome, reason: reply }, 'mail')
    else log.info(entry, 'mail')
  }
  return new Set(rows.map(({ id }) => id))
}

/** As a row of the document. PostgreSQL takes no NUL and no half of a surrogate pair, whatever a mail server says. */
function describe({ mail, reply, ...outcome }: MailOutcome) {
  return {
    ...outcome,
    mail: mail.id,
    notices: mail.kind === 'notice-digest' ? digestOf(mail) : undefined,
    reply: reply?.toWellFormed().replaceAll('\0', ''),
  }
}

const RETRY_MS = 250

/** Marks what comes in at about the same time together, and does not give up: what was sent can't be undone. */
export class OutcomeWriter {
  readonly #db: Database
  readonly #worker: string
  #waiting: { outcome: MailOutcome; done: () => void }[] = []
  #writing = false

  constructor(db: Database, worker: string) {
    this.#db = db
    this.#worker = worker
  }

  /** Resolves when it is written down. */
  write(outcome: MailOutcome): Promise<void> {
    const written = new Promise<void>((done) => this.#waiting.push({ outcome, done }))
    if (!this.#writing) void this.#run()
    return written
  }

  async #run(): Promise<void> {
    this.#writing = true
    let attempts = 0
    while (this.#waiting.length) {
      // What ends in this turn of the event loop, too, goes into the same statement.
      await new Promise(setImmediate)
      const batch = this.#waiting
      this.#waiting = []
      try {
        await markMails(
          this.#db,
          batch.map(({ outcome }) => outcome),
          this.#worker,
        )
        for (const { done } of batch) done()
        attempts = 0
      } catch (error) {
        if (attempts++ === 0)
          log.warn({ err: error }, 'what became of mails could not be marked; trying again')
        this.#waiting = [...batch, ...this.#waiting]
        await sleep(RETRY_MS)
      }
    }
    this.#writing = false
  }
}
