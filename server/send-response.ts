import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

/** What a client may still send after its answer, and for how long. */
const DROP_BYTES = 16 * 2 ** 20
const DROP_MS = 20_000

/** Sends a web response. Where the request has not arrived whole, its connection is closed after the rest was dropped. */
export async function sendResponse(
  answer: Response,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = Buffer.from(await answer.arrayBuffer())
  if (!request.complete) {
    response.shouldKeepAlive = false
    dropRest(request)
  }
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length) response.setHeader('set-cookie', cookies)
  response.setHeader('content-length', text.byteLength)
  response.writeHead(answer.status).end(text)
}

/**
 * Reads and drops what a client still sends. If we closed at once, the kernel would reset the connection, and a client that
 * is busy sending would lose the answer. Node half-closes after the answer; the bounds cut off whoever never ends.
 */
function dropRest(request: IncomingMessage): void {
  const { socket } = request
  const most = socket.bytesRead + DROP_BYTES
  const cutOff = () => {
    if (!request.complete && socket.bytesRead > most) socket.destroy()
  }
  socket.on('data', cutOff)
  const timer = setTimeout(() => {
    socket.off('data', cutOff)
    if (!request.complete) socket.destroy()
  }, DROP_MS)
  socket.once('close', () => clearTimeout(timer))
  request.resume()
}

export function toHeaders(given: IncomingHttpHeaders): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) headers.set(name, String(value))
  }
  return headers
}
