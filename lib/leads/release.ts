import { inArray, sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { isFormName } from '#lib/forms/forms'
import { WRITE_EVENTS } from '#lib/leads/record-events'
import { trialEvent } from '#lib/leads/trial-events'
import { CONFIRM_HOURS } from '#lib/leads/trial-token'
import { webhookTypeOf } from '#lib/leads/webhook-types'
import { ACKNOWLEDGEMENTS, grantMail, planFloodAlarm, WITHHELD } from '#lib/mail/allowance'
import { NOTIFY_WORKERS, queueMails } from '#lib/mail/outbox'
import { acknowledgementOf, SUPPRESSIBLE } from '#lib/mail/planned'

/** Who releases. A visitor may release only what is flagged, and the caps of `lib/mail/allowance.ts` count by `network`. */
export type Releaser = { cause: 'support' } | { cause: 'visitor'; network: string }

type Withheld = { id: string; leadId: string; email: string; form: string; verdict: string }

/**
 * Releases a submission that looked like spam: sends what was withheld (the mail to the visitor; if it was held, also
 * support's notices and the webhooks), and excuses the mailbox as `judge` says. Idempotent.
 * @param reference in upper or lower case
 * @returns whether this call released it; false if there was nothing to release, undefined if there is no such submission
 */
export async function releaseSubmission(
  db: Pick<Database, 'transaction'>,
  reference: string,
  by: Releaser,
  config: Config,
): Promise<boolean | undefined> {
  return db.transaction(async (tx) => {
    const isNamed = sql`s.reference = ${reference.trim().toUpperCase()}`
    // The trial before its submission, as a resend locks them: no deadlock.
    await tx.execute(
      sql`select from trials t join submissions s on s.id = t.submission_id where ${isNamed} for update of t`,
    )
    const { rows } = await tx.execute<Withheld>(sql`
      select s.id, s.lead_id as "leadId", l.email, s.form, s.verdict
      from submissions s join leads l on l.id = s.lead_id where ${isNamed} for update of s`)
    const [found] = rows
    if (!found) return undefined
    if (found.verdict !== 'flagged' && (found.verdict !== 'held' || by.cause === 'visitor')) return false
    const { state, why, capped } = await decideReply(tx, found, by, config)
    const isReply = inArray(sql`kind`, ACKNOWLEDGEMENTS)
    await tx.execute(sql`
      update mails set created_at = now(), not_before = now(),
        state = case when ${isReply} then ${state} else 'queued' end,
        last_error = case when ${isReply} then ${why ?? null}::text end,
        data = data || case when ${isReply} then ${capped ? '{"capped": true}' : '{}'}::jsonb else '{"released": true}' end
      where submission_id = ${found.id} and state = 'held' and not folded`)
    await recordRelease(tx, found, by)
    return true
  })
}

type Executor = Pick<Database, 'execute'>

/** Whether the mail to the visitor goes out now, or which limit or wish of the person stops it. */
async function decideReply(tx: Executor, { leadId, email, form }: Withheld, by: Releaser, config: Config) {
  const kind = isFormName(form) ? acknowledgementOf(form) : undefined
  if (!kind) return { state: 'queued' }
  const { rows } = await tx.execute(sql`
    select from suppressions s join leads l on l.email_canonical = s.email_canonical where l.id = ${leadId}`)
  if (rows.length && SUPPRESSIBLE.includes(kind)) return { state: 'suppressed', why: WITHHELD.unsubscribed }
  const network = by.cause === 'visitor' ? by.network : undefined
  // Support has judged it, so only limits for strangers hold for the visitor's own press.
  const request = { email, kind, network, proved: by.cause === 'support' }
  const { refused, capped, alarm } = await grantMail(tx, leadId, request, config)
  if (alarm) await queueMails(tx, planFloodAlarm(config))
  return refused ? { state: 'suppressed', why: WITHHELD[refused], capped } : { state: 'queued', capped }
}

/**
 * Changes the verdict, and writes the event; for a held submission also the webhooks. The link counts from now, and so does the
 * time after which the lead is erased, which a held submission did not move.
 */
async function recordRelease(tx: Executor, { id, verdict }: Withheld, { cause }: Releaser): Promise<void> {
  const type = verdict === 'held' ? webhookTypeOf('released') : undefined
  await tx.execute(sql`
    with released as (update submissions set verdict = 'released' where id = ${id} returning *),
    seen as (update leads l set seen_at = now() from released s where l.id = s.lead_id),
    requested as (
      update trials t set token_expires_at = now() + make_interval(hours => ${CONFIRM_HOURS}) from released s
      where t.submission_id = s.id and t.state = 'requested' returning t.*, s.reference, s.verdict
    ),
    trial_event as (${sql.raw(trialEvent('requested', { from: null, to: 'requested' }))}),
    new_events as (
      select lead_id, id as submission_id, null::uuid as trial_id, 'released' as kind,
        jsonb_build_object('reference', reference, 'form', form, 'cause', ${cause}::text) as data,
        ${type ?? null}::text as webhook_type, jsonb_build_object('reference', reference, 'form', form) as webhook_data
      from released
      union all
      select lead_id, submission_id, trial_id, null, data, webhook_type, webhook_data from trial_event
      where ${verdict === 'held'}
    ), ${sql.raw(WRITE_EVENTS)}
    select ${NOTIFY_WORKERS}`)
}
