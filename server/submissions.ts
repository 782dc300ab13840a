import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { POST } from '#app/api/submissions/[form]/route'

const PATH = /^\/api\/submissions\/([\w-]+)(?:\?|$)/

/** The form that a request submits; undefined for any other request. */
export function submittedForm({ method, url = '' }: IncomingMessage): string | undefined {
  return method === 'POST' ? PATH.exec(url)?.[1] : undefined
}

/**
 * Answers a submission with the handler of its route, without Next: routing, web streams, and compression cost more
 * than everything that the handler does.
 */
export async function sendSubmission(
  form: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The iterator's own end would close the connection before a body that is too large is answered.
  const body = request.iterator({ destroyOnReturn: false })
  const received = { headers: toHeaders(request.headers), body }
  const answer = await POST(received, { params: Promise.resolve({ form }) })
  const { headers } = answer
  const text = Buffer.from(await answer.arrayBuffer())
  if (!request.complete) {
    response.shouldKeepAlive = false
    request.resume()
  }
  for (const [name, value] of headers) if (name !== 'set-cookie') response.setHeader(name, value)
  const cookies = headers.getSetCookie()
  if (cookies.length) response.setHeader('set-cookie', cookies)
  response.setHeader('content-length', text.byteLength)
  response.writeHead(answer.status).end(text)
}

function toHeaders(given: IncomingHttpHeaders): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) headers.set(name, String(value))
  }
  return headers
}
