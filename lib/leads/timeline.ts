import { type SQL, sql } from 'drizzle-orm'

/**
 * A condition for the rows of one person: those of the lead, and those of the submissions that the person sent under a
 * wrong address before correcting it. For a table with `lead_id` and `submission_id`.
 * Written with `any(array(…))`, so that both indexes are used; with `in` PostgreSQL reads the whole table.
 */
export function belongsToPerson(table: { leadId: unknown; submissionId: unknown }, leadId: string | SQL) {
  return sql`(${table.leadId} = ${leadId} or ${table.submissionId} = any(array(
    select jsonb_array_elements_text(c.data->'before')::uuid from events c
    where c.lead_id = ${leadId} and c.kind = 'address-corrected' and c.data ? 'before')))`
}
