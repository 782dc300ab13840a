import { type SQL, sql } from 'drizzle-orm'

/**
 * A condition for the rows of one person: those of the lead, and those of the submissions that the person sent under a
 * wrong address before correcting it. For a table with `lead_id` and `submission_id`.
 */
export function ofPerson(table: { leadId: unknown; submissionId: unknown }, leadId: string): SQL {
  return sql`(${table.leadId} = ${leadId} or ${table.submissionId} in (
    select jsonb_array_elements_text(c.data->'before')::uuid from events c
    where c.lead_id = ${leadId} and c.kind = 'address-corrected' and c.data ? 'before'))`
}
