import { connect } from 'node:net'

export type RawAnswer = { status: number; headers: Map<string, string>; body: string; text: string }

/**
 * Sends bytes that no HTTP client would send, and reads the response until the server closes. Each character is one byte.
 * @param head the request line and the header lines, without the last empty line
 * @returns status 0 if the server closed the connection without a response
 */
export function sendRaw(url: string, head: string[], body = ''): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(part))
    socket.on('close', () => resolve(readAnswer(Buffer.concat(parts).toString('latin1'))))
    socket.on('error', () => {}) // a reset after the response; without a response the status is 0
    socket.setTimeout(
      10_000,
      () => socket.destroy(new Error('timeout')) && reject(new Error(`no answer: ${head[0]}`)),
    )
    socket.write(Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1'))
  })
}

/** The usual lines of a request: a host, and closing the connection after the response. */
export function request(method: string, target: string, headers: string[] = [], version = '1.1'): string[] {
  return [`${method} ${target} HTTP/${version}`, 'Host: localhost', 'Connection: close', ...headers]
}

function readAnswer(text: string): RawAnswer {
  // An interim response (100 Continue) may precede the final one.
  const final = text.replace(/^HTTP\/1\.1 1\d\d [^\r]*\r\n\r\n/, '')
  const [head = '', ...rest] = final.split('\r\n\r\n')
  const [line = '', ...lines] = head.split('\r\n')
  const headers = new Map(
    lines.map((each) => [each.slice(0, each.indexOf(':')).toLowerCase(), each.slice(each.indexOf(':') + 2)]),
  )
  return { status: Number(line.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n'), text: final }
}
