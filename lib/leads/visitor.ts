import { eq } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { submissions } from '#lib/db/schema'
import { suggestEmail } from '#lib/forms/email'
import type { FormName } from '#lib/forms/forms'
import { openToken, signToken } from '#lib/guard/token'

/** Tells who filled out a form, for 90 days: opens the demo, fills in the next form, names the reference. */
export const VISITOR_COOKIE = 'ts_visitor'
export const VISITOR_SECONDS = 90 * 86_400

export type Visitor = {
  leadId: string
  submissionId: string
  reference: string
  form: FormName
  email: string
  /** What the forms already know. From this visitor's own submission only, never from the lead: anybody
   * can type somebody else's address, and must not be shown what that person told us. */
  values: Record<string, string>
  watch: boolean
  suggestion?: string
}

const KNOWN = ['name', 'email', 'company', 'phone', 'role', 'ehr']

export function visitorToken(submissionId: string): string {
  return signToken('visitor', submissionId)
}

export async function readVisitor(token: string | undefined): Promise<Visitor | undefined> {
  const submissionId = openToken('visitor', token)
  if (!submissionId) return undefined
  const [row] = await database().select().from(submissions).where(eq(submissions.id, submissionId))
  if (!row) return undefined
  const known = KNOWN.map((name) => [name, row.fields[name]]).filter(([, value]) => typeof value === 'string')
  const email = String(row.fields.email)
  return {
    leadId: row.leadId,
    submissionId,
    reference: row.reference,
    form: row.form,
    email,
    values: Object.fromEntries(known),
    // An inquiry is not the form that opens the demo.
    watch: row.form !== 'inquiry',
    suggestion: suggestEmail(email),
  }
}
