import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import type { PlannedMail } from '#lib/mail/planned'

type Executor = Pick<Database, 'execute'>

/** What a mail belongs to. */
export type Belongs = { leadId?: string | null; submissionId?: string | null; trialId?: string | null }

/**
 * Puts mails and their jobs into the database, in the caller's transaction where there is one: a
 * rolled-back transaction leaves neither. A reminder that is there already is not put in again.
 */
export async function queueMails(db: Executor, mails: PlannedMail[], belongs: Belongs = {}): Promise<void> {
  if (mails.length === 0) return
  await db.execute(sql`with mail as (${insertMails(mails, belongs)}) select ${ENQUEUE_MAILS}`)
}

/** Inserts mails: a CTE that must be named `mail`, in a statement that selects `ENQUEUE_MAILS`. */
export function insertMails(mails: PlannedMail[], belongs: Belongs, condition = sql`true`): SQL {
  return sql`
      insert into mails (id, kind, recipient, lead_id, submission_id, trial_id, data, message_id, priority, not_before, state)
      select m.id, m.kind, m.recipient, ${belongs.leadId ?? null}::uuid, ${belongs.submissionId ?? null}::uuid,
        ${belongs.trialId ?? null}::uuid, m.data, m."messageId", m.priority, now() + make_interval(secs => m.delay), 'queued'
      from jsonb_to_recordset(${JSON.stringify(mails)}::jsonb)
        as m(id uuid, kind text, recipient text, data jsonb, "messageId" text, priority int, delay int)
      where ${condition}
      on conflict (trial_id, kind, recipient, (data->>'due')) where data ? 'due' do nothing
      returning id, priority, extract(epoch from not_before - now())::int as seconds`
}

/** Puts a mail back for later, with a job that comes then. */
export async function postpone(db: Executor, mailId: string, seconds: number, error: string): Promise<void> {
  await db.execute(sql`
    with mail as (
      update mails set state = 'queued', last_error = ${error}, not_before = now() + make_interval(secs => ${seconds})
      where id = ${mailId} returning id, priority
    )
    select ${enqueue(sql`select id, priority, ${seconds}::int as seconds from mail`)}`)
}

/** Sends a trial's mail now that waits for a later moment and was not composed yet. Answers whether there was one. */
export async function hasten(db: Executor, trialId: string, kind: PlannedMail['kind']): Promise<boolean> {
  const { rows } = await db.execute<{ waiting: boolean }>(sql`
    with mail as (
      update mails set not_before = now()
      where trial_id = ${trialId} and kind = ${kind} and state = 'queued' and raw is null
      returning id, priority
    )
    select exists (select from mail) as waiting, ${enqueue(sql`select id, priority, 0 as seconds from mail`)}`)
  return rows[0]?.waiting ?? false
}

function enqueue(rows: SQL): SQL {
  return sql`enqueue_mail((
    select json_agg(json_build_object('data', json_build_object('mail', id), 'priority', priority,
      'startAfter', seconds::text)) from (${rows}) as waiting)::text)`
}

/** Queues the jobs of the mails that the CTE `mail` of the same statement inserts (`insertMails`). */
export const ENQUEUE_MAILS = enqueue(sql`select id, priority, seconds from mail`)
