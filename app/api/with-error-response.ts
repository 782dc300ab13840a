import { refuse, wantsPage } from '#app/api/refusal'
import { readRequestBody, requestAddress } from '#app/api/request-body'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import type { ParsedBody } from '#lib/guard/body'
import { consumeRateLimit, networkPseudonym } from '#lib/guard/rate'
import { log } from '#lib/log'

type Handler<Context> = (request: Request, context: Context) => Promise<Response>

const RETRY_SECONDS = 5

/**
 * Wraps a handler to answer 503 if it throws (the database is down or slow): problem+json for programs, a page for
 * browsers, which shows `values`, what was typed. Both say that a retry is safe: everything that a visitor can post is
 * idempotent, also if a commit's reply was lost. In the product's API `extend` is so only with an Idempotency-Key.
 */
export function withErrorResponse<Context>(
  handler: Handler<Context>,
  values?: Record<string, unknown>,
): Handler<Context> {
  return async (request, context) => {
    try {
      return await handler(request, context)
    } catch (error) {
      const path = await pathOf(request, context)
      log.error({ err: error, path }, 'a request was not carried out')
      return tryAgain(request, 503, 'We couldn’t finish this just now.', RETRY_SECONDS, values)
    }
  }
}

/** The path without its parameters, so that no visitor's text gets into the log. */
async function pathOf(request: Request, context: unknown): Promise<string> {
  const { params } = (context ?? {}) as { params?: Promise<object> }
  const parameters = Object.keys((await params) ?? {}).length
  const parts = new URL(request.url).pathname.split('/')
  return parts.slice(0, parts.length - parameters).join('/')
}

/**
 * `withErrorResponse` for a form that sends mail or takes a secret: reads the body and answers 429 above the network's
 * rate. Cross-site requests are rejected before rate counting, so that another site's page can't use up its visitor's
 * rate. The pages of 429 and 503 show what was typed. `network` is the network's pseudonym.
 */
export function withRateLimit(
  handler: (sent: ParsedBody, network: string) => Promise<Response>,
): Handler<unknown> {
  return withErrorResponse(async (request, context) => {
    const { appUrl, rateLimit } = readConfig()
    const sent = await readRequestBody(request, appUrl)
    if (sent instanceof Response) return sent
    const limited = withErrorResponse(async () => {
      const address = requestAddress(request)
      const wait = rateLimit ? await consumeRateLimit(database(), address) : 0
      if (wait) return tryAgain(request, 429, 'Too many requests came from your network.', wait, sent.values)
      return handler(sent, networkPseudonym(address))
    }, sent.values)
    return limited(request, context)
  })
}

function tryAgain(
  { headers }: Request,
  status: 429 | 503,
  reason: string,
  retryAfter: number,
  values?: Record<string, unknown>,
): Response {
  const advice =
    status === 429 ? 'Try again in a few minutes.' : 'Trying again is safe: give it a moment, then do.'
  const order = `Send it again after ${retryAfter} s, with the same key if it had one.`
  const detail = `${reason} ${wantsPage(headers) ? advice : order}`
  return refuse(headers, { status, detail, retryAfter, values })
}
