import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** The status for errors of Node's HTTP parser, by code; 400 for all others. */
const PARSER_STATUS: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

export function statusOfParserError({ code = '' }: NodeJS.ErrnoException): number {
  return PARSER_STATUS[code] ?? 400
}

/** Sends a response on a socket without a parsed request, and ends it. `headers`: lines that end in CR LF. */
export function sendRawResponse(socket: Socket, status: number, headers = ''): void {
  socket.on('error', () => {}) // the client may be gone already
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers}Content-Length: 0\r\nConnection: close\r\n\r\n`,
  )
}
