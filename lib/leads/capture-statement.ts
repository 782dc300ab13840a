/**
 * The one statement that stores a submission: key, lead, submission, timeline, consents, trial, mails
 * and jobs. One statement is one transaction and one round trip: either all of it is in the database
 * when we say "received", or none of it is.
 *
 * $1 is a document, see `capture.ts`. Answers one row with the reference, or no row when the key is
 * taken: the unique index lets one of many equal requests through, the others wait for it.
 */
export const CAPTURE = `
with doc as (select $1::jsonb as d),
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
  insert into leads as known (id, email_canonical, email, name, company, phone, phone_e164, role, ehr,
    first_touch, last_touch, thread_subject, acknowledged_at, acknowledged_for)
  select (l->>'id')::uuid, l->>'emailCanonical', l->>'email', l->>'name', l->>'company', l->>'phone',
    l->>'phoneE164', l->>'role', l->>'ehr', d->'submission'->'attribution', d->'submission'->'attribution',
    l->>'threadSubject',
    case when accepted then array[now()] else '{}' end,
    case when accepted then claimed.submission_id end
  from claimed, doc, lateral (select d->'lead' as l, d->'submission'->>'verdict' = 'accepted' as accepted) as part
  on conflict (email_canonical) do update set
    seen_at = now(),
    -- What looks like spam must not overwrite what a person told us.
    name = case when excluded.acknowledged_for is null then known.name else excluded.name end,
    email = case when excluded.acknowledged_for is null then known.email else excluded.email end,
    company = case when excluded.acknowledged_for is null then known.company else coalesce(excluded.company, known.company) end,
    phone = case when excluded.acknowledged_for is null then known.phone else coalesce(excluded.phone, known.phone) end,
    phone_e164 = case when excluded.acknowledged_for is null or excluded.phone is null then known.phone_e164 else excluded.phone_e164 end,
    role = case when excluded.acknowledged_for is null then known.role else coalesce(excluded.role, known.role) end,
    ehr = case when excluded.acknowledged_for is null then known.ehr else coalesce(excluded.ehr, known.ehr) end,
    -- A page of our own that led to the form is no new way to us.
    last_touch = case when excluded.last_touch - 'landing_page' = '{}' then known.last_touch else excluded.last_touch end,
    -- Three mails in any 24 hours for one address, whoever fills in the form. The row is locked here,
    -- so that requests at the same moment are counted one after the other.
    acknowledged_at = case
      when excluded.acknowledged_for is null or
        (cardinality(known.acknowledged_at) >= 3 and known.acknowledged_at[1] > now() - interval '24 hours')
      then known.acknowledged_at
      else (known.acknowledged_at || now())[greatest(cardinality(known.acknowledged_at) - 1, 1):] end,
    acknowledged_for = case
      when excluded.acknowledged_for is null or
        (cardinality(known.acknowledged_at) >= 3 and known.acknowledged_at[1] > now() - interval '24 hours')
      then known.acknowledged_for
      else excluded.acknowledged_for end
  returning id, email_canonical, acknowledged_for
),
submission as (
  insert into submissions (id, reference, lead_id, form, fields, attribution, verdict, reasons)
  select (s->>'id')::uuid, s->>'reference', lead.id, s->>'form', s->'fields', s->'attribution', s->>'verdict',
    array(select jsonb_array_elements_text(s->'reasons'))
  from lead, doc, lateral (select d->'submission' as s) as part
  returning id, lead_id, reference, verdict
),
timeline as (
  insert into events (lead_id, submission_id, kind, data)
  select lead_id, id, case verdict when 'held' then 'held' else 'submitted' end,
    jsonb_build_object('form', d->'submission'->'form', 'reference', reference)
  from submission, doc
),
consent as (
  insert into consents (lead_id, submission_id, purpose, granted, version, wording, page)
  select submission.lead_id, submission.id, c.purpose, c.granted, c.version, c.wording, c.page
  from submission, doc, jsonb_to_recordset(d->'consents')
    as c(purpose text, granted boolean, version text, wording text, page text)
),
trial as (
  insert into trials (id, lead_id, submission_id, token_hash, token_expires_at, days)
  select (t->>'id')::uuid, submission.lead_id, submission.id, t->>'tokenHash',
    now() + make_interval(hours => (t->>'hours')::int), (t->>'days')::int
  from submission, doc, lateral (select d->'trial' as t) as part
  where jsonb_typeof(t) = 'object'
  returning id
),
mail as (
  insert into mails (id, kind, recipient, lead_id, submission_id, trial_id, data, message_id, priority, state, last_error)
  select m.id, m.kind, m.recipient, submission.lead_id, submission.id, (select id from trial), m.data, m."messageId",
    m.priority, coalesce(fate.state, 'queued'), fate.why
  from submission
    join lead on lead.id = submission.lead_id,
    doc, jsonb_to_recordset(d->'mails') as m(id uuid, kind text, recipient text, data jsonb, "messageId" text,
      priority int, acknowledgement boolean, optional boolean)
    left join lateral (
      select 'held' as state, 'Looks like spam; sent when support releases it.' as why
      where submission.verdict = 'held'
      union all
      select 'suppressed', 'Three mails went to this address within 24 hours.'
      where m.acknowledgement and lead.acknowledged_for is distinct from submission.id
      union all
      select 'suppressed', 'This address asked for no more mail.'
      where m.optional and exists (select from suppressions s where s.email_canonical = lead.email_canonical)
      limit 1
    ) as fate on true
  returning id, priority, state
)
select reference, enqueue_mail((
  select json_agg(json_build_object('data', json_build_object('mail', id), 'priority', priority))
  from mail where state = 'queued')::text)
from submission`

/** What is stored under a key that is taken: $1 is the key. */
export const REPLAY = `
select k.content_hash as "contentHash", s.reference, s.id
from submission_keys k join submissions s on s.id = k.submission_id
where k.key = $1`
