import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'

/**
 * Erases every closed lead that nothing was heard of for `days`, with everything that belongs to it. What the
 * privacy page promises; the list of addresses that want no mail stays, as it holds nothing else. A lead
 * whose trial runs is not closed, however long ago it was asked for.
 */
export async function eraseOldLeads(db: Database, days: number): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(
      sql`select id from leads where seen_at < now() - make_interval(days => ${days})
        and not exists (select from trials t where t.lead_id = leads.id and t.state in ('confirmed', 'active', 'ending'))
        for update limit 500`,
    )
    const old = sql`select (jsonb_array_elements_text(${JSON.stringify(rows.map(({ id }) => id))}::jsonb))::uuid`
    await tx.execute(
      sql`delete from mail_attempts where mail_id in (select id from mails where lead_id in (${old}))`,
    )
    await tx.execute(
      sql`delete from webhook_attempts where webhook_id in (select id from webhooks where lead_id in (${old}))`,
    )
    await tx.execute(sql`delete from webhooks where lead_id in (${old})`)
    await tx.execute(sql`delete from demo_views where lead_id in (${old})`)
    await tx.execute(sql`delete from mails where lead_id in (${old})`)
    await tx.execute(sql`delete from consents where lead_id in (${old})`)
    await tx.execute(sql`delete from events where lead_id in (${old})`)
    await tx.execute(sql`delete from trials where lead_id in (${old})`)
    await tx.execute(
      sql`delete from submission_keys where submission_id in (select id from submissions where lead_id in (${old}))`,
    )
    await tx.execute(sql`delete from submissions where lead_id in (${old})`)
    await tx.execute(sql`delete from leads where id in (${old})`)
    return rows.length
  })
}
