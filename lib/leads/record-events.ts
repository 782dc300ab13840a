import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { webhookTypeOf } from '#lib/leads/webhook-types'
import { NOTIFY_WORKERS } from '#lib/mail/outbox'

/** An event for the timeline of a lead. Events of a trial are written with its change: see `trial-events.ts`. */
export type NewEvent = {
  leadId: string
  submissionId?: string | null
  kind: string
  data?: Record<string, unknown>
}

/**
 * The only place that writes events. Two CTEs for a statement with a CTE `new_events`, whose columns are `lead_id`,
 * `submission_id`, `trial_id`, `kind`, `data`, `webhook_type` (null: no webhook) and `webhook_data` (the body's `data`).
 * Each row becomes an event (not if its kind is null) and, while a receiver is set, a webhook. `trial.confirmed` is sent
 * before all others, because a visitor waits for its answer.
 */
export const WRITE_EVENTS = `
recorded as (
  insert into events (lead_id, submission_id, kind, data)
  select lead_id, submission_id, kind, data from new_events where kind is not null
),
announced as (
  insert into webhooks (id, type, lead_id, submission_id, trial_id, data, priority)
  select 'msg_' || replace(gen_random_uuid()::text, '-', ''), webhook_type, lead_id, submission_id, trial_id, webhook_data,
    case webhook_type when 'trial.confirmed' then 10 else 0 end
  from new_events
  where webhook_type is not null and exists (select from webhook_endpoint where url_hash is not null)
)`

/** Adds events to timelines, in the caller's transaction where there is one. Suspected spam gets no webhook. */
export async function recordEvents(db: Pick<Database, 'execute'>, events: NewEvent[]): Promise<void> {
  const rows = events.map((event) => ({ data: {}, ...event, webhookType: webhookTypeOf(event.kind) }))
  await db.execute(sql`
    with new_events as (
      select e."leadId" as lead_id, e."submissionId" as submission_id, null::uuid as trial_id, e.kind, e.data,
        case when s.verdict <> 'held' then e."webhookType" end as webhook_type,
        jsonb_build_object('reference', s.reference) || e.data as webhook_data
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as ("leadId" uuid, "submissionId" uuid, kind text, data jsonb, "webhookType" text)) with ordinality
          as e("leadId", "submissionId", kind, data, "webhookType", position)
        left join submissions s on s.id = e."submissionId"
      order by position
    ), ${sql.raw(WRITE_EVENTS)}
    select ${NOTIFY_WORKERS}`)
}
