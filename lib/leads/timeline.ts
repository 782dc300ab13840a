import { sql } from 'drizzle-orm'

/**
 * The leads whose events are one person's story: the lead, and the one under whose wrong address its trial was
 * asked for first. Part of a query: `lead_id in (…)`.
 */
export function leadsOfPerson(leadId: string) {
  return sql`(select ${leadId}::uuid union select wrong.lead_id from trials
    join trials wrong on wrong.id = trials.corrects where trials.lead_id = ${leadId})`
}
