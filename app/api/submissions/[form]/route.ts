import { problem } from '#app/api/problem'
import { readRequestBody, requestAddress } from '#app/api/request-body'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { formNames, isFormName } from '#lib/forms/forms'
import { consumeRateLimit, networkPseudonym } from '#lib/guard/rate'
import { CaptureUnavailable, capture } from '#lib/leads/capture'
import { log } from '#lib/log'
import { answerConflict, answerInvalid, answerLater, answerStored } from './answer'
import { parseSubmission } from './parse-submission'

/** Takes a submission: guard, schema, capture, and only then an answer. See the contract's table. */
export async function POST(request: Request, context: { params: Promise<{ form: string }> }) {
  const { form } = await context.params
  if (!isFormName(form)) return problem(404, `The forms are: ${formNames.join(', ')}.`)
  const config = readConfig()
  const sent = await readRequestBody(request, config.appUrl)
  if (sent instanceof Response) return sent
  try {
    const wait = config.rateLimit ? await consumeRateLimit(database(), requestAddress(request)) : 0
    if (wait) return answerLater(form, sent, 429, wait)
    const client = networkPseudonym(requestAddress(request))
    const arrival = parseSubmission(form, sent, request.headers, config)
    if ('errors' in arrival) return await answerInvalid(form, sent, arrival.errors, client)
    const captured = await capture(database().$client, { ...arrival, network: client }, config)
    if (captured.outcome === 'conflict') return await answerConflict(form, sent, client)
    log.info({ form, reference: captured.reference, outcome: captured.outcome }, 'submission')
    const own = captured.outcome === 'stored' || arrival.key !== undefined
    return await answerStored(form, sent, captured, own)
  } catch (error) {
    const cause = error instanceof CaptureUnavailable ? error.cause : error
    log.error({ err: cause, form }, 'a submission was not stored; the visitor was asked to send it again')
    return answerLater(form, sent, 503, 5)
  }
}
