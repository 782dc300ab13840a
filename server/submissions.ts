import type { IncomingMessage, ServerResponse } from 'node:http'
import { POST } from '#app/api/submissions/[form]/route'
import { sendResponse, toHeaders } from '#server/send-response'

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
  const received = { url: request.url ?? '', headers: toHeaders(request.headers), body }
  const answer = await POST(received, { params: Promise.resolve({ form }) })
  await sendResponse(answer, request, response)
}
