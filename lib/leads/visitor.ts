import { eq } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { submissions } from '#lib/db/schema'
import { suggestEmail } from '#lib/forms/email-suggestion'
import { fieldNames, isPrefilled } from '#lib/forms/fields'
import { type FormName, isFormName } from '#lib/forms/forms'
import { readCookies } from '#lib/guard/cookie'
import { signToken, verifyToken } from '#lib/guard/token'

/** The visitor's cookie, without prefix (`lib/guard/cookie.ts`): a signed `Visit`, valid for 90 days from the last form. */
export const VISITOR_COOKIE = 'ts_visitor'
export const VISITOR_SECONDS = 90 * 86_400

/** The submissions of one browser, by the access that each gives. */
export type Visit = {
  /** The last submission of any form: prefills the next form. */
  last: string
  /** The submission that gives access to the demo. An inquiry does not. */
  demo?: string
  /** The submission of the trial that was requested or confirmed in this browser. */
  trial?: string
  /** The latest submission of each form, oldest first: each can be repeated, or its mail released. */
  sent: Partial<Record<FormName, string>>
  /** This visitor proved the trial's mailbox. The sign-in link is shown only then: anybody can type any address. */
  proved: boolean
}

const SEPARATOR = ':'

/** The cookie's value, with its expiry inside the signature: a copied cookie expires too. */
export function visitToken({ last, demo = '', trial = '', proved, sent }: Visit, now = Date.now()): string {
  const expires = Math.floor(now / 1000) + VISITOR_SECONDS
  const parts = [expires, last, demo, trial, proved ? 'proved' : '', ...Object.entries(sent).flat()]
  return signToken('visitor', parts.join(SEPARATOR))
}

export function readVisit(token: string | undefined, now = Date.now()): Visit | undefined {
  const [expires, last, demo, trial, proved, ...pairs] = verifyToken('visitor', token)?.split(SEPARATOR) ?? []
  if (!last || Number(expires) * 1000 < now) return undefined
  const sent: Visit['sent'] = {}
  for (const [n, form] of pairs.entries()) if (n % 2 === 0 && isFormName(form)) sent[form] = pairs[n + 1]
  return { last, demo: demo || undefined, trial: trial || undefined, proved: proved === 'proved', sent }
}

/** The visit of the first valid visitor's cookie in a `Cookie` header. */
export function findVisit(header: string | null | undefined): Visit | undefined {
  for (const token of readCookies(header, VISITOR_COOKIE)) {
    const visit = readVisit(token)
    if (visit) return visit
  }
  return undefined
}

/** The visit after a submission. Access that an earlier submission gave is kept. */
export function afterForm(before: Visit | undefined, form: FormName, submissionId: string): Visit {
  const others = Object.entries(before?.sent ?? {}).filter(([name]) => name !== form)
  const sent: Visit['sent'] = { ...Object.fromEntries(others), [form]: submissionId }
  const visit = { ...before, last: submissionId, proved: before?.proved ?? false, sent }
  if (form === 'demo') return { ...visit, demo: submissionId }
  if (form !== 'trial') return visit
  const demo = before?.demo ?? submissionId
  // A repeated submission is the same request, and stays proved.
  const proved = before?.trial === submissionId && before.proved
  return { ...visit, demo, trial: submissionId, proved }
}

/** The visit after the visitor proved the trial's mailbox by link or code. */
export function afterProof(before: Visit | undefined, submissionId: string): Visit {
  const { last = submissionId, demo = submissionId, sent = {} } = before ?? {}
  return { last, demo, trial: submissionId, proved: true, sent }
}

/** The ids of all submissions of a visit: the last one first, then the others, later ones after earlier ones. */
export function submissionsOf(visit: Visit | undefined): string[] {
  if (!visit) return []
  const { last, demo, trial, sent } = visit
  return [...new Set([last, ...Object.values(sent), demo, trial].filter((id) => id !== undefined))]
}

export type Visitor = {
  leadId: string
  submissionId: string
  reference: string
  form: FormName
  email: string
  /**
   * Values that prefill forms. From this browser's own submissions, never from the lead: anybody can type somebody else's
   * address, and must not see that person's data.
   */
  values: Record<string, string>
  suggestion?: string
}

/**
 * The visitor of the last submission, with values of earlier submissions for fields that the last one did not have, so
 * that nothing must be typed twice (WCAG 2.2, 3.3.7). Only of the same lead: another address may be another person.
 */
export async function readLastVisitor(visit: Visit | undefined): Promise<Visitor | undefined> {
  const [last, ...earlier] = await Promise.all(submissionsOf(visit).map(readVisitor))
  if (!last) return undefined
  const same = earlier.filter((each) => each?.leadId === last.leadId).map((each) => each?.values ?? {})
  // The later submission wins.
  return { ...last, values: Object.assign({}, ...same, last.values) }
}

/** The visitor of one submission. */
export async function readVisitor(submissionId: string | undefined): Promise<Visitor | undefined> {
  if (!submissionId) return undefined
  const [row] = await database().select().from(submissions).where(eq(submissions.id, submissionId))
  if (!row) return undefined
  const known = fieldNames
    .filter(isPrefilled)
    .map((name) => [name, row.fields[name]])
    .filter(([, value]) => typeof value === 'string')
  const email = String(row.fields.email)
  return {
    leadId: row.leadId,
    submissionId,
    reference: row.reference,
    form: row.form,
    email,
    values: Object.fromEntries(known),
    suggestion: suggestEmail(email),
  }
}
