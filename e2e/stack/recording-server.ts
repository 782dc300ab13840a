import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'

export type RecordedRequest = { headers: IncomingHttpHeaders; body: string }

/** An HTTP server that adds each request to `got` once its body is complete, and then calls `answer`. */
export function createRecordingServer(
  got: RecordedRequest[],
  answer: (response: ServerResponse) => unknown,
): Server {
  return createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      answer(response)
    })
  })
}
