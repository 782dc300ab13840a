import { IncomingMessage, type ServerResponse } from 'node:http'
import { refuseBody } from '#app/api/request-body'
import { readBytes } from '#lib/guard/body'
import { sendResponse, toHeaders } from '#server/send-response'

/**
 * A POST for Next, with its whole body. Next reads bodies without a limit, and destroys the connection of one that a handler
 * did not read to its end, so that the answer is lost.
 * @returns undefined if the body is too large and was answered
 */
export async function readWhole(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<IncomingMessage | undefined> {
  let body: Uint8Array
  try {
    body = await readBytes(request.iterator({ destroyOnReturn: false }))
  } catch (error) {
    await sendResponse(refuseBody(toHeaders(request.headers), error), request, response)
    return undefined
  }
  const whole = new IncomingMessage(request.socket)
  const { method, url, headers, rawHeaders, httpVersion } = request
  Object.assign(whole, { method, url, headers, rawHeaders, httpVersion, complete: true })
  whole.push(body)
  whole.push(null)
  return whole
}
