import { cookie, seeOther, sendAgain } from '#app/api/problem'
import { refusalPage, refuse, wantsPage } from '#app/api/refusal'
import type { Received } from '#app/api/request-body'
import { visitCookie } from '#app/api/visit-cookie'
import { readConfig } from '#lib/config'
import { type FormName, forms } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/submission-schema'
import type { ParsedBody } from '#lib/guard/body'
import type { Captured } from '#lib/leads/capture'
import { DRAFT_COOKIE, keepDraft } from '#lib/leads/draft'
import { afterForm, submissionsOf, VISITOR_SECONDS, type Visit } from '#lib/leads/visitor'
import { anonymousPass, WATCH_COOKIE } from '#lib/leads/watch-pass'

/**
 * Committed: 201, or 200 if it was stored before. A plain form is redirected to the next page.
 * @param own whether it certainly belongs to this visitor: stored now, or sent again with its key
 * @param visit of the browser that sent it
 */
export function respondStored(
  form: FormName,
  sent: ParsedBody,
  captured: Exclude<Captured, { outcome: 'conflict' }>,
  own: boolean,
  visit: Visit | undefined,
): Response {
  const { submissionId, reference, outcome } = captured
  const { next } = forms[form]
  const known = own || submissionsOf(visit).includes(submissionId)
  const cookies = known ? [visitCookie(afterForm(visit, form, submissionId))] : []
  if (sent.kind === 'form') return known ? seeOther(next, cookies) : respondRepeated(form, visit)
  const response = Response.json(
    { reference, next },
    { status: outcome === 'stored' ? 201 : 200, headers: { 'Cache-Control': 'private, no-store' } },
  )
  for (const value of cookies) response.headers.append('Set-Cookie', value)
  return response
}

/**
 * A repeated submission without key or cookie: a double click, or a colleague in the same network. It is acknowledged
 * and opens the demo, but gets no cookie. Resubmitting public data would return the first visitor's cookie.
 */
function respondRepeated(form: FormName, visit: Visit | undefined): Response {
  if (form === 'demo')
    return seeOther(forms.demo.next, [
      cookie(WATCH_COOKIE, anonymousPass(), VISITOR_SECONDS, readConfig().appUrl),
    ])
  // The page must not show this browser's earlier submission as the answer to this one.
  return seeOther(visit ? `${forms[form].next}?repeated=1` : forms[form].next)
}

const INVALID = 'Some fields need a correction.'

/** In the URL of a form that is sent a second time, to learn whether the browser keeps cookies. */
const SECOND_TRY = 'cookies=tried'

/**
 * Invalid: 422, or a redirect to /review with every value and error. A person's browser without any cookie is first asked
 * to send the form again (307): if it kept the draft's cookie /review can show the draft, else 422 keeps what was typed.
 */
export async function respondInvalid(
  form: FormName,
  sent: ParsedBody,
  { headers, url }: Received,
  errors: FieldErrors,
  network: string,
): Promise<Response> {
  const hasCookie = headers.has('cookie')
  if (sent.kind === 'json' || (!hasCookie && url.endsWith(SECOND_TRY)))
    return refuse(headers, { status: 422, detail: INVALID, errors, values: sent.values })
  const id = await keepDraft(form, sent.values, errors, network)
  const cookies = [cookie(DRAFT_COOKIE, id, 86_400, readConfig().appUrl)]
  if (hasCookie || !wantsPage(headers)) return seeOther('/review', cookies)
  return sendAgain(`/api/submissions/${form}?${SECOND_TRY}`, cookies)
}

/** The same key with other content, which only a program that reuses keys sends. */
export async function respondConflict(
  form: FormName,
  sent: ParsedBody,
  request: Received,
  network: string,
): Promise<Response> {
  const detail = 'This key was used for other content. Send this with a key of its own.'
  if (sent.kind === 'json') return refuse(request.headers, { status: 422, detail, values: sent.values })
  const values = { ...sent.values, submission_key: '' }
  return respondInvalid(form, { ...sent, values }, request, { form: [detail] }, network)
}

/** Not stored (429 or 503): values are kept, and sending again is safe. */
export function respondLater(
  form: FormName,
  { kind, values }: ParsedBody,
  headers: Headers,
  status: 429 | 503,
  retryAfter: number,
): Response {
  const detail =
    status === 429
      ? 'Too many forms came from your network, so this one was not saved. Please send it again in a few minutes.'
      : 'We couldn’t save this just now. Nothing you typed is lost. Please send it again in a moment.'
  if (kind === 'json') return refuse(headers, { status, detail, retryAfter, values })
  return refusalPage(headers, { status, detail, retryAfter, values, again: `/api/submissions/${form}` })
}
