import { leadColumns } from '#lib/leads/lead-columns'
import { WRITE_EVENTS } from '#lib/leads/record-events'
import { trialEvent } from '#lib/leads/trial-events'

/** Updates a lead's columns from a submission that is not held. Spam must not overwrite a real person's data. */
const updates = leadColumns.map(
  (column) =>
    `${column} = case when not (select not_held from doc) then known.${column} else coalesce(excluded.${column}, known.${column}) end,`,
)

/**
 * Stores a submission: key, lead, submission, events and webhooks, consents, trial and mails. One statement is one
 * transaction and one round trip: when the visitor sees "received", all of it is committed.
 *
 * $1 is the document of `capture-document.ts` with the key. Returns one row with the reference, or no row if the key is
 * taken: of concurrent requests with one key, the unique index lets one through, and the others wait for it.
 */
export const CAPTURE = `
with doc as (select $1::jsonb as d, $1::jsonb->'submission'->>'verdict' <> 'held' as not_held),
claimed as (
  insert into submission_keys (key, content_hash, submission_id, expires_at)
  select d->>'key', d->>'contentHash', (d->'submission'->>'id')::uuid,
    case when (d->>'keyed')::boolean then 'infinity' else now() + interval '24 hours' end
  from doc
  on conflict (key) do update
    set content_hash = excluded.content_hash, submission_id = excluded.submission_id, expires_at = excluded.expires_at
    where submission_keys.expires_at <= now()
  returning submission_id
),
lead as (
  insert into leads as known (id, email_canonical, email, phone_e164, ${leadColumns.join(', ')},
    first_touch, last_touch, thread_subject)
  select (l->>'id')::uuid, l->>'emailCanonical', l->>'email', l->>'phoneE164',
    ${leadColumns.map((column) => `l->>'${column}'`).join(', ')}, d->'submission'->'attribution', d->'submission'->'attribution',
    l->>'threadSubject'
  from claimed, doc, lateral (select d->'lead' as l) as part
  on conflict (email_canonical) do update set
    seen_at = case when not (select not_held from doc) then known.seen_at else now() end,
    ${updates.join('\n    ')}
    email = case when not (select not_held from doc) then known.email else excluded.email end,
    phone_e164 = case when not (select not_held from doc) or excluded.phone is null then known.phone_e164 else excluded.phone_e164 end,
    -- Internal navigation, which has a landing page only, keeps last_touch.
    last_touch = case when not (select not_held from doc) or excluded.last_touch - 'landing_page' = '{}' then known.last_touch else excluded.last_touch end
  returning id, email_canonical
),
-- Reads from the CTE lead, which is empty for a repeated key: such a request counts nothing.
allowance as materialized (
  select a.refused, a.capped, a.folded, a.alarm
  from lead, doc, lateral grant_mail(lead.id, d->'allowance') as a
  where not_held
),
submission as (
  insert into submissions (id, reference, lead_id, form, fields, attribution, verdict, reasons)
  select (s->>'id')::uuid, s->>'reference', lead.id, s->>'form', s->'fields', s->'attribution', s->>'verdict',
    array(select jsonb_array_elements_text(s->'reasons'))
  from lead, doc, lateral (select d->'submission' as s) as part
  returning id, lead_id, reference, verdict
),
consent as (
  insert into consents (lead_id, submission_id, purpose, granted, version, wording, page)
  select submission.lead_id, submission.id, c.purpose, c.granted, c.version, c.wording, c.page
  from submission, doc, jsonb_to_recordset(d->'consents')
    as c(purpose text, granted boolean, version text, wording text, page text)
),
trial as (
  insert into trials (id, lead_id, submission_id, token_hash, token_expires_at, days, mailbox_key)
  select (t->>'id')::uuid, submission.lead_id, submission.id, t->>'tokenHash',
    now() + make_interval(hours => (t->>'hours')::int), (t->>'days')::int, t->>'mailboxKey'
  from submission, doc, lateral (select d->'trial' as t) as part
  where jsonb_typeof(t) = 'object'
  returning *
),
requested as (
  select trial.*, reference, verdict from trial join submission on submission.id = trial.submission_id
),
new_events as (
  select lead_id, id as submission_id, null::uuid as trial_id, e->>'kind' as kind, e->'data' as data,
    e->>'webhookType' as webhook_type, e->'data' as webhook_data
  from submission, doc, lateral (select d->'event' as e) as part
  union all ${trialEvent('requested', { from: null, to: 'requested' })}
),
${WRITE_EVENTS},
mail as (
  insert into mails (id, kind, recipient, lead_id, submission_id, trial_id, data, message_id, priority, state, last_error,
    folded)
  select m.id, m.kind, m.recipient, submission.lead_id, submission.id, (select id from trial),
    case when m.acknowledgement and allowance.capped and submission.verdict = 'accepted' then m.data || '{"capped": true}' else m.data end, m."messageId",
    m.priority, coalesce(fate.state, 'queued'), fate.why, m.notice and allowance.folded is true
  from submission
    join lead on lead.id = submission.lead_id
    left join allowance on true,
    doc, jsonb_to_recordset(d->'mails') as m(id uuid, kind text, recipient text, data jsonb, "messageId" text,
      priority int, acknowledgement boolean, notice boolean)
    left join lateral (
      select 'held' as state, d->'withheld'->>submission.verdict as why
      where submission.verdict = 'held' or submission.verdict = 'flagged' and m.acknowledgement
      union all
      select 'suppressed', d->'withheld'->>allowance.refused where m.acknowledgement and allowance.refused is not null
      union all
      select 'suppressed', d->'withheld'->>'unsubscribed'
      where d->'suppressible' ? m.kind and exists (select from suppressions s where s.email_canonical = lead.email_canonical)
      union all
      select 'held', d->'withheld'->>'folded' where m.notice and allowance.folded
      limit 1
    ) as fate on true
),
alarm as (
  insert into mails (id, kind, recipient, data, message_id, priority, state)
  select m.id, m.kind, m.recipient, m.data, m."messageId", m.priority, 'queued'
  from allowance, doc, jsonb_to_recordset(d->'alarm') as m(id uuid, kind text, recipient text, data jsonb,
    "messageId" text, priority int)
  where allowance.alarm
)
select reference from submission`

/** The submission that is stored under a key. $1 is the key. */
export const REPLAY = `
select k.content_hash as "contentHash", s.reference, s.id
from submission_keys k join submissions s on s.id = k.submission_id
where k.key = $1`

/**
 * The submission of the last 24 hours with this content, among some. $1: ids; $2: the content's hash. A withdrawn request is
 * not counted: who sends it again wants it.
 */
export const EARLIER = `
select s.reference, s.id
from submission_keys k join submissions s on s.id = k.submission_id
where s.id = any($1::uuid[]) and k.content_hash = $2 and s.received_at > now() - interval '24 hours'
  and not exists (select from trials t where t.submission_id = s.id and t.state = 'cancelled')
limit 1`
