import { inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { RUNNING_STATES } from '#lib/db/trial-states'
import { WITHHELD } from '#lib/mail/allowance'
import { SUPPRESSIBLE } from '#lib/mail/planned'
import { changesOf, endLabel } from '#lib/trials/change-mail'

/**
 * The reasons to withhold queued mails, by mail id; mails that may be sent are not in it. Checked at each attempt, because
 * a mail may wait for days, and the person may have unsubscribed, converted or got more time meanwhile.
 */
export async function findReasonsToWithhold(db: Database, mailIds: string[]): Promise<Map<string, string>> {
  const { rows } = await db.execute<{ id: string; reason: string }>(sql`
    select id, reason from (select m.id, case
      when ${inArray(sql`m.kind`, SUPPRESSIBLE)}
        and exists (select from suppressions s where s.email_canonical = l.email_canonical)
        then ${WITHHELD.unsubscribed}
      when m.kind = 'notice-digest' and not exists (
        select from mails n where n.digest_id = coalesce((m.data->>'fallbackFor')::uuid, m.id))
        then 'Everything in it was erased.'
      when m.kind = 'spam-digest' and not exists (
        select from mails n join submissions s on s.id = n.submission_id
        where n.digest_id = coalesce((m.data->>'fallbackFor')::uuid, m.id) and s.verdict = 'held')
        then 'Everything in it was released or erased.'
      when m.kind = 'trial-confirm' and t.state = 'cancelled' then 'The request was withdrawn.'
      when m.kind = 'trial-ending' and (t.state <> 'ending' or t.ends_at <= now()
        or split_part(m.data->>'due', '/', 1) <> ${endLabel})
        then 'The trial no longer ends then, or has ended.'
      when m.kind = 'trial-ending' and m.data->>'due' like '%/3d' and t.ends_at <= now() + interval '1 day'
        then 'Too late: the reminder of the last day replaces this one.'
      when m.kind = 'trial-welcome' and not (${inArray(sql`t.state`, [...RUNNING_STATES])}) then 'The trial is over.'
      when m.kind = 'trial-access' and not (${inArray(sql`t.state`, [...RUNNING_STATES])})
        and not (t.state = 'converted' and m.data->>'due' like 'ready/%') then 'The trial is over.'
      when m.kind = 'trial-access' and m.data->>'due' = 'late' and (t.access_at is not null or t.login_url is not null)
        then 'The account is there: the mail with the link replaces this one.'
      when m.kind = 'trial-ended' and (t.state <> 'expired' or split_part(m.data->>'due', '/', 1) <> ${endLabel})
        then 'The trial goes on.'
      when m.kind = 'trial-changed' and split_part(m.data->>'due', '/', 2)::int <> ${changesOf(sql`t`)}
        then 'The trial was changed again: a later mail replaces this one.'
      when m.kind = 'trial-changed' and m.data->>'change' = 'extended' and not (${inArray(sql`t.state`, [...RUNNING_STATES])})
        then 'The trial is over.'
    end as reason
    from mails m left join leads l on l.id = m.lead_id left join trials t on t.id = m.trial_id
    where m.id = any(${sql.param(mailIds)}::uuid[])) as asked where reason is not null`)
  return new Map(rows.map(({ id, reason }) => [id, reason]))
}
