import { refuse } from '#app/api/refusal'
import { BodyRefused, type ParsedBody, parseBody, readBytes, readMediaType } from '#lib/guard/body'
import { isCrossSite } from '#lib/guard/cross-site'

/** What a handler reads of a request: Next's, or one that the server passes by Next. */
export type Received = { url: string; headers: Headers; body: AsyncIterable<Uint8Array> | null }

/** The client's IP address. `server/index.ts` sets the header on each request and overwrites what a client sent. */
export function requestAddress(request: Pick<Received, 'headers'>): string {
  return request.headers.get('x-trackstat-address') ?? ''
}

/** The idempotency key in the header, bare or quoted (draft-ietf-httpapi-idempotency-key-header). */
export function readIdempotencyKey(headers: Headers): string | undefined {
  const key = headers.get('idempotency-key')?.trim()
  return key?.replace(/^"(.*)"$/, '$1') || undefined
}

/**
 * Reads the body of a POST after checking its origin, media type, size and encoding.
 * Returns the parsed body, or an error response (400, 403, 413, 415).
 */
export async function readRequestBody(request: Received, appUrl: string): Promise<ParsedBody | Response> {
  const { headers } = request
  if (isCrossSite({ origin: headers.get('origin'), fetchSite: headers.get('sec-fetch-site') }, appUrl))
    return refuse(headers, {
      status: 403,
      detail: 'This form can only be sent from our own pages. Open the page again and send it there.',
    })
  try {
    const kind = readMediaType(headers.get('content-type'), headers.get('content-encoding'))
    return parseBody(await readBytes(request.body), kind)
  } catch (error) {
    return refuseBody(headers, error)
  }
}

/** The response to a body that was not read or not understood. */
export function refuseBody(headers: Headers, error: unknown): Response {
  if (error instanceof BodyRefused)
    return refuse(headers, { status: error.status, detail: error.message, values: error.values })
  // The connection broke, so nobody reads this response.
  return refuse(headers, { status: 400, detail: 'The body did not arrive whole.' })
}
