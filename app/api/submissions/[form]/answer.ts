import { cookie, problem, seeOther } from '#app/api/problem'
import { currentVisit, visitCookie } from '#app/api/visit'
import { readConfig } from '#lib/config'
import { type FormName, forms } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/schema'
import type { ParsedBody } from '#lib/guard/body'
import type { Captured } from '#lib/leads/capture'
import { DRAFT_COOKIE, keepDraft } from '#lib/leads/draft'
import { afterForm, submissionsOf, VISITOR_SECONDS, type Visit } from '#lib/leads/visitor'
import { anonymousPass, WATCH_COOKIE } from '#lib/leads/watch-pass'
import { keptPage } from './kept-page'

/**
 * Committed: 201, or 200 where it was stored before; a plain form goes on to the next page.
 * @param own whether it is surely this visitor's: it was stored now, or came again with its key
 */
export async function answerStored(
  form: FormName,
  sent: ParsedBody,
  captured: Exclude<Captured, { outcome: 'conflict' }>,
  own: boolean,
): Promise<Response> {
  const { submissionId, reference, outcome } = captured
  const { next } = forms[form]
  const visit = await currentVisit()
  const known = own || submissionsOf(visit).includes(submissionId)
  const cookies = known ? [visitCookie(afterForm(visit, form, submissionId))] : []
  if (sent.kind === 'form') return known ? seeOther(next, cookies) : answerRepeated(form, visit)
  const response = Response.json(
    { reference, next },
    { status: outcome === 'stored' ? 201 : 200, headers: { 'Cache-Control': 'private, no-store' } },
  )
  for (const each of cookies) response.headers.append('Set-Cookie', each)
  return response
}

/**
 * The same content came again without key or cookie: the second click of one person, or a colleague behind the same
 * address. It is acknowledged and opens the demo, and gets no cookie by which the first one's request could be changed.
 */
function answerRepeated(form: FormName, visit: Visit | undefined): Response {
  if (form === 'demo')
    return seeOther(forms.demo.next, [
      cookie(WATCH_COOKIE, anonymousPass(), VISITOR_SECONDS, readConfig().appUrl),
    ])
  // What this browser sent before must not look like the answer to this form.
  return seeOther(visit ? `${forms[form].next}?repeated=1` : forms[form].next)
}

/** Something is to be corrected: 422, or `/review` with every value kept and every error by its field. */
export async function answerInvalid(
  form: FormName,
  sent: ParsedBody,
  errors: FieldErrors,
  client: string,
): Promise<Response> {
  if (sent.kind === 'json') return problem(422, 'Some fields need a correction.', { errors })
  const id = await keepDraft(form, sent.values, errors, client)
  return seeOther('/review', [cookie(DRAFT_COOKIE, id, 86_400, readConfig().appUrl)])
}

/** The same key with other content: only a program that reuses its keys comes here. */
export async function answerConflict(form: FormName, sent: ParsedBody, client: string): Promise<Response> {
  const message = 'This key was used for other content. Send this with a key of its own.'
  if (sent.kind === 'json') return problem(422, message)
  const values = { ...sent.values, submission_key: '' }
  return answerInvalid(form, { ...sent, values }, { form: [message] }, client)
}

/** Not now: nothing is promised, everything typed is kept, and sending it again is safe. */
export function answerLater(
  form: FormName,
  sent: ParsedBody,
  status: 429 | 503,
  retryAfter: number,
): Response {
  const detail =
    status === 429
      ? 'Too many forms came from your network, so this one was not saved. Please send it again in a few minutes.'
      : 'We couldn’t save this just now. Nothing you typed is lost. Please send it again in a moment.'
  if (sent.kind === 'json') return problem(status, detail, { retryAfter })
  return keptPage(form, sent.values, detail, status, retryAfter)
}
