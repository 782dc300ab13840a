import { refuse } from '#app/api/refusal'
import { type Received, readRequestBody, requestAddress } from '#app/api/request-body'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { formNames, isFormName } from '#lib/forms/forms'
import { consumeRateLimit, networkPseudonym } from '#lib/guard/rate'
import { CaptureUnavailable, capture } from '#lib/leads/capture'
import { findVisit, submissionsOf } from '#lib/leads/visitor'
import { log } from '#lib/log'
import { parseSubmission } from './parse-submission.ts'
import { respondConflict, respondInvalid, respondLater, respondStored } from './responses.ts'
import { withoutDraft } from './sent-draft.ts'

/**
 * Takes a submission: checks, validates and stores it, and only then answers. In production `server/submissions.ts` calls
 * it without Next, so nothing here may need Next's context.
 */
export async function POST(request: Received, context: { params: Promise<{ form: string }> }) {
  const { form } = await context.params
  if (!isFormName(form)) {
    const detail = `The forms are: ${formNames.join(', ')}.`
    return refuse(request.headers, { status: 404, detail })
  }
  const config = readConfig()
  const sent = await readRequestBody(request, config.appUrl)
  if (sent instanceof Response) return sent
  try {
    const wait = config.rateLimit ? await consumeRateLimit(database(), requestAddress(request)) : 0
    if (wait) return respondLater(form, sent, request.headers, 429, wait)
    const network = networkPseudonym(requestAddress(request))
    const arrival = parseSubmission(form, sent, request.headers, config)
    if ('errors' in arrival) return await respondInvalid(form, sent, request, arrival.errors, network)
    const cookies = request.headers.get('cookie')
    const visit = findVisit(cookies)
    const known = { network, earlier: submissionsOf(visit) }
    const captured = await capture(database().$client, { ...arrival, ...known }, config)
    if (captured.outcome === 'conflict') return await respondConflict(form, sent, request, network)
    log.info({ form, reference: captured.reference, outcome: captured.outcome }, 'submission')
    const own = captured.outcome === 'stored' || arrival.key !== undefined
    const response = respondStored(form, sent, captured, own, visit)
    return await withoutDraft(response, form, cookies, captured.reference)
  } catch (error) {
    const cause = error instanceof CaptureUnavailable ? error.cause : error
    log.error({ err: cause, form }, 'a submission was not stored; the visitor was asked to send it again')
    return respondLater(form, sent, request.headers, 503, 5)
  }
}
