import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse } from '#app/api/refusal'
import type { Refused } from '#server/request-guard'
import { sendResponse, toHeaders } from '#server/send-response'

export const REASONS = {
  308: 'This page has moved.',
  400: 'This address can’t be read.',
  404: 'There is nothing at this address.',
  405: 'This address doesn’t take this kind of request. Open the page again and use its form.',
}

/** Responds to a request that was refused before Next: a page for browsers, problem+json for programs. */
export async function sendRefusal(
  { status, headers }: Refused,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = refuse(toHeaders(request.headers), { status, detail: REASONS[status] })
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  await sendResponse(answer, request, response)
}
