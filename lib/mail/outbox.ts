import { type SQL, sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import type { Database } from '#lib/db/connection'
import type { PlannedMail } from '#lib/mail/planned'

type Executor = Pick<Database, 'execute'>

/** The lead, submission and trial of a mail. */
type MailOwner = { leadId?: string | null; submissionId?: string | null; trialId?: string | null }

/**
 * Puts mails into the outbox, in the caller's transaction where there is one: a rollback removes them. The notification
 * wakes the workers at commit. A reminder that is already queued is not queued again.
 */
export async function queueMails(db: Executor, mails: PlannedMail[], owner: MailOwner = {}): Promise<void> {
  if (mails.length === 0) return
  await db.execute(sql`with mail as (${insertMails(mails, owner)}) select ${NOTIFY_WORKERS}`)
}

/** Wakes the workers at commit. Selected by each statement that inserts mails or webhooks. */
export const NOTIFY_WORKERS = sql`pg_notify('outbox', '')`

/** Inserts mails. For a CTE of a statement that selects `NOTIFY_WORKERS`. */
export function insertMails(mails: PlannedMail[], owner: MailOwner, condition = sql`true`): SQL {
  return sql`
      insert into mails (id, kind, recipient, lead_id, submission_id, trial_id, data, message_id, priority, not_before, state)
      select m.id, m.kind, m.recipient, ${owner.leadId ?? null}::uuid, ${owner.submissionId ?? null}::uuid,
        ${owner.trialId ?? null}::uuid, m.data, m."messageId", m.priority, now() + make_interval(secs => m.delay), 'queued'
      from jsonb_to_recordset(${JSON.stringify(mails)}::jsonb)
        as m(id uuid, kind text, recipient text, data jsonb, "messageId" text, priority int, delay int)
      where ${condition}
      on conflict (trial_id, kind, recipient, (data->>'due')) where data ? 'due' do nothing`
}

const WAKE_DELAY_MS = 20
const waking = new WeakSet<Pool>()

/**
 * Wakes the workers for what was just committed, once for all commits within 20 ms. Not part of the transactions: those
 * that notify commit one by one (PostgreSQL holds a lock for it), which would cost two thirds of the submissions a second.
 * A lost wake-up costs a second, because workers also poll.
 */
export function wakeWorkers(pool: Pool): void {
  if (waking.has(pool)) return
  waking.add(pool)
  setTimeout(() => {
    waking.delete(pool)
    pool.query(`select pg_notify('outbox', '')`).catch(() => {}) // the pool is closed or the database unavailable; workers poll
  }, WAKE_DELAY_MS)
}

/** Makes a postponed mail of a trial due now, if it is not composed yet. @returns whether there was one */
export async function sendNow(db: Executor, trialId: string, kind: PlannedMail['kind']): Promise<boolean> {
  const { rows } = await db.execute<{ waiting: boolean }>(sql`
    with mail as (
      update mails set not_before = now()
      where trial_id = ${trialId} and kind = ${kind} and state = 'queued' and raw is null
      returning id
    )
    select exists (select from mail) as waiting, ${NOTIFY_WORKERS}`)
  return rows[0]?.waiting ?? false
}
