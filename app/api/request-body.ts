import { problem } from '#app/api/problem'
import { BodyRefused, parseBody, readBytes, readMediaType, type Sent } from '#lib/guard/body'
import { isForeign } from '#lib/guard/origin'

/** Set by `server/index.ts` from the connection and the trusted proxies; what a client sends is overwritten. */
export function requestAddress(request: Request): string {
  return request.headers.get('x-trackstat-address') ?? ''
}

/** The idempotency key in the header, bare or quoted (draft-ietf-httpapi-idempotency-key-header). */
export function readKey(headers: Headers): string | undefined {
  const key = headers.get('idempotency-key')?.trim()
  return key?.replace(/^"(.*)"$/, '$1') || undefined
}

/**
 * The way of a write to its parsed body, for every endpoint that takes one: origin, media type, size,
 * encoding. Answers what was sent, or the refusal as it goes out.
 */
export async function receive(request: Request, appUrl: string): Promise<Sent | Response> {
  const { headers } = request
  if (isForeign({ origin: headers.get('origin'), fetchSite: headers.get('sec-fetch-site') }, appUrl))
    return problem(
      403,
      'This form can only be sent from our own pages. Open the page again and send it there.',
    )
  try {
    const kind = readMediaType(headers.get('content-type'), headers.get('content-encoding'))
    return parseBody(await readBytes(request.body), kind)
  } catch (error) {
    if (error instanceof BodyRefused) return problem(error.status, error.message)
    // The connection broke while the body came: nobody is there to read an answer.
    return problem(400, 'The body did not arrive whole.')
  }
}
