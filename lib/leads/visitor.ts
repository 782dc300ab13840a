import { eq } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { submissions } from '#lib/db/schema'
import { suggestEmail } from '#lib/forms/email'
import { fieldNames, isPrefilled } from '#lib/forms/fields'
import type { FormName } from '#lib/forms/forms'
import { readCookies } from '#lib/guard/cookie'
import { openToken, signToken } from '#lib/guard/token'

/** The one cookie of a visitor, signed and good for 90 days from the last form: see `Visit`. Its name without prefix. */
export const VISITOR_COOKIE = 'ts_visitor'
export const VISITOR_SECONDS = 90 * 86_400

/** What one browser has sent and proved: its own submissions, by what each of them opens. */
export type Visit = {
  /** The last form, of whichever kind: fills in the next one. */
  last: string
  /** Opens the demo; an inquiry does not. */
  demo?: string
  /** The trial that was asked for, or confirmed, here. */
  trial?: string
  /**
   * Whether the trial's mailbox was proved to be this visitor's, by its link or its code. Anybody can type
   * anybody's address, so the way into an account is shown to nobody else.
   */
  proved: boolean
}

const SEPARATOR = ':'

/** The cookie's value. The time is signed with it: a copied cookie ends too. */
export function visitToken({ last, demo = '', trial = '', proved }: Visit, now = Date.now()): string {
  const expires = Math.floor(now / 1000) + VISITOR_SECONDS
  return signToken('visitor', [expires, last, demo, trial, proved ? 'proved' : ''].join(SEPARATOR))
}

export function readVisit(token: string | undefined, now = Date.now()): Visit | undefined {
  const [expires, last, demo, trial, proved] = openToken('visitor', token)?.split(SEPARATOR) ?? []
  if (!last || Number(expires) * 1000 < now) return undefined
  return { last, demo: demo || undefined, trial: trial || undefined, proved: proved === 'proved' }
}

/** The first visitor's cookie in a `Cookie` header that is one of ours. */
export function findVisitToken(header: string | null | undefined): string | undefined {
  return readCookies(header, VISITOR_COOKIE).find((token) => readVisit(token))
}

/** After a form was sent. Another form takes nothing away that an earlier one opened. */
export function afterForm(before: Visit | undefined, form: FormName, submissionId: string): Visit {
  const visit = { ...before, last: submissionId, proved: before?.proved ?? false }
  if (form === 'demo') return { ...visit, demo: submissionId }
  if (form !== 'trial') return visit
  const demo = before?.demo ?? submissionId
  // Sent twice it is the same request, and stays proved.
  const proved = before?.trial === submissionId && before.proved
  return { last: submissionId, demo, trial: submissionId, proved }
}

/** After the link or the code of a trial's mail was used. */
export function afterProof(before: Visit | undefined, submissionId: string): Visit {
  const { last = submissionId, demo = submissionId } = before ?? {}
  return { last, demo, trial: submissionId, proved: true }
}

/** All submissions that this browser is known to have sent. */
export function submissionsOf(visit: Visit | undefined): string[] {
  return [visit?.last, visit?.demo, visit?.trial].filter((id) => id !== undefined)
}

export type Visitor = {
  leadId: string
  submissionId: string
  reference: string
  form: FormName
  email: string
  /** What the forms already know. From this visitor's own submission only, never from the lead: anybody
   * can type somebody else's address, and must not be shown what that person told us. */
  values: Record<string, string>
  suggestion?: string
}

/**
 * Who sent the last form of a visit, with what the forms before it were told and it did not ask for: nothing has
 * to be typed twice (WCAG 2.2, 3.3.7). Only of the same address; another one may be another person.
 */
export async function readKnown(visit: Visit | undefined): Promise<Visitor | undefined> {
  const [last, ...earlier] = await Promise.all(submissionsOf(visit).map(readVisitor))
  if (!last) return undefined
  const same = earlier.filter((each) => each?.leadId === last.leadId).map((each) => each?.values ?? {})
  // Of two that know a field the later one counts: `submissionsOf` names the trial after the demo.
  return { ...last, values: Object.assign({}, ...same, last.values) }
}

/** Who sent one of the submissions of a visit. */
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
