import { inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { consents, demoViews, events, mails, submissions, trials, webhooks } from '#lib/db/schema'
import { RUNNING_STATES } from '#lib/db/trial-states'

/**
 * Erases each lead that was last seen more than `days` ago, with all its rows, as the privacy page promises. Suppressed
 * addresses stay, so that they still get no mail. A lead with a running trial is kept.
 * @returns the number of leads
 */
export async function eraseOldLeads(db: Database, days: number): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(
      sql`select id from leads where seen_at < now() - make_interval(days => ${days})
        and not exists (select from trials t where t.lead_id = leads.id and ${inArray(sql`t.state`, [...RUNNING_STATES])})
        for update limit 500`,
    )
    const old = sql`select (jsonb_array_elements_text(${JSON.stringify(rows.map(({ id }) => id))}::jsonb))::uuid`
    await tx.execute(
      sql`delete from mail_attempts where mail_id in (select id from mails where lead_id in (${old}))`,
    )
    await tx.execute(
      sql`delete from webhook_attempts where webhook_id in (select id from webhooks where lead_id in (${old}))`,
    )
    await tx.execute(
      sql`delete from submission_keys where submission_id in (select id from submissions where lead_id in (${old}))`,
    )
    // In this order, because of the foreign keys.
    for (const table of [webhooks, demoViews, mails, consents, events, trials, submissions])
      await tx.execute(sql`delete from ${table} where lead_id in (${old})`)
    await tx.execute(sql`delete from leads where id in (${old})`)
    return rows.length
  })
}
