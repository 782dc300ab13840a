import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BODY_LIMIT } from '#lib/guard/body'
import { Stack } from '../stack/stack.ts'

/** A body that is too large is answered with 413 each time, also to a client that still sends. */
let stack: Stack
beforeAll(async () => {
  stack = await new Stack().start({ WORKER: 'off' })
})
afterAll(() => stack?.stop())

const TRIES = 200
const PATHS = [
  ...['submissions/demo', 'submissions/trial', 'trials/code', 'trials/address', 'trials/resend'],
  ...['trials/sign-in', 'trials/confirm', 'unsubscribe', 'demo/progress'],
].map((path) => `/api/${path}`)
const PIECE = 'x'.repeat(16_384)

type Sender = {
  /** In bytes. */
  size: number
  chunked?: boolean
  expects?: boolean
  keepAlive?: boolean
  /** Between two pieces, in milliseconds; 0 sends as fast as the kernel takes it. */
  pauseMs?: number
}

/** Sends the whole body before it reads, as simple clients do. @returns the status line, or why there is none */
async function send(path: string, { size, chunked, expects, keepAlive, pauseMs }: Sender): Promise<string> {
  const socket = connect(Number(new URL(stack.url).port), '127.0.0.1').pause()
  let failure = ''
  socket.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code ?? error.message
  })
  const write = (text: string) => new Promise<void>((done) => socket.write(text, () => done()))
  const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${size}`
  const more = `${expects ? 'Expect: 100-continue\r\n' : ''}Connection: ${keepAlive ? 'keep-alive' : 'close'}\r\n`
  await write(
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n${more}${length}\r\n\r\n`,
  )
  for (let sent = 0; sent < size && !failure; sent += PIECE.length) {
    const piece = PIECE.slice(0, size - sent)
    await write(chunked ? `${piece.length.toString(16)}\r\n${piece}\r\n` : piece)
    if (pauseMs) await sleep(pauseMs)
  }
  if (chunked) await write('0\r\n\r\n')
  const answer = await new Promise<string>((done) => {
    let text = ''
    socket.setTimeout(8_000, () => socket.destroy())
    socket.on('data', (data) => {
      text += data
      if (/\r\n\r\n.*\}$/s.test(text)) done(text)
    })
    socket.on('close', () => done(text)).resume()
  })
  socket.destroy()
  return answer.replace(/^HTTP\/1\.1 100 [^\r]*\r\n\r\n/, '').split('\r\n')[0] || failure || 'nothing'
}

/** How often each answer came. */
async function count(
  tries: number,
  work: (at: number) => Promise<string>,
  atOnce = 8,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  const waiting = Array.from({ length: tries }, (_, at) => at)
  const run = async () => {
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const answer = await work(at)
      counts[answer] = (counts[answer] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, run))
  return counts
}

const pathAt = (at: number) => PATHS[at % PATHS.length] ?? ''
const senders: Record<string, Sender> = {
  'a little too large': { size: BODY_LIMIT + 1 },
  'four times too large': { size: BODY_LIMIT * 4 },
  'two megabytes': { size: 2_000_000 },
  'four megabytes, kept alive': { size: 4_000_000, keepAlive: true },
  'two megabytes, chunked': { size: 2_000_000, chunked: true },
  'chunked, kept alive': { size: BODY_LIMIT * 2, chunked: true, keepAlive: true },
  'with Expect': { size: 500_000, expects: true },
  slow: { size: BODY_LIMIT * 8, pauseMs: 250 },
  'slow, chunked': { size: BODY_LIMIT * 8, pauseMs: 250, chunked: true, keepAlive: true },
}
test.each(Object.entries(senders))('plain sockets: %s', { timeout: 300_000 }, async (_, sender) => {
  expect(await count(TRIES, (at) => send(pathAt(at), sender), sender.pauseMs ? 100 : 8)).toEqual({
    'HTTP/1.1 413 Payload Too Large': TRIES,
  })
})

test('fetch, with and without a known length', { timeout: 120_000 }, async () => {
  const post = async (at: number) => {
    const size = BODY_LIMIT * (2 + (at % 40))
    const pieces = Readable.from(
      (function* () {
        for (let sent = 0; sent < size; sent += PIECE.length) yield Buffer.from(PIECE)
      })(),
    )
    const body = at % 2 ? pieces : 'x'.repeat(size)
    const headers = { 'Content-Type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' }
    return fetch(stack.url + pathAt(at), init as RequestInit).then(
      async (answer) => `${answer.status} ${(await answer.text()).includes('64 KiB')}`,
      (error: Error) => String((error.cause as Error | undefined)?.message ?? error),
    )
  }
  expect(await count(TRIES, post)).toEqual({ '413 true': TRIES })
})

test('Node’s client with Expect: 100-continue', { timeout: 120_000 }, async () => {
  const post = (at: number) =>
    new Promise<string>((done) => {
      const headers = {
        Expect: '100-continue',
        'Content-Length': 1_000_000,
        'Content-Type': 'application/json',
      }
      const sent = httpRequest(stack.url + pathAt(at), { method: 'POST', headers })
      sent.on('continue', () => sent.end('x'.repeat(1_000_000)))
      sent.on('response', (answer) => {
        answer.resume()
        done(String(answer.statusCode))
        sent.destroy()
      })
      sent.on('error', (error) => done(error.message))
      sent.flushHeaders()
    })
  expect(await count(TRIES, post)).toEqual({ 413: TRIES })
})

test('a client that never ends is cut off, within bytes and seconds', { timeout: 120_000 }, async () => {
  const endless = async (pauseMs: number) => {
    const port = Number(new URL(stack.url).port)
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).resume()
    const ended = new Promise<void>((done) => socket.on('error', () => {}).on('close', () => done()))
    let bytes = 0
    socket.write('POST /api/submissions/demo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n')
    socket.write('Content-Type: application/json\r\n\r\n')
    const piece = `${PIECE.length.toString(16)}\r\n${PIECE}\r\n`
    const started = Date.now()
    while (!socket.destroyed && Date.now() - started < 60_000) {
      const more = socket.write(piece)
      if (pauseMs) await sleep(pauseMs)
      else if (!more) await Promise.race([ended, new Promise((drained) => socket.once('drain', drained))])
      bytes += piece.length
    }
    return { bytes, seconds: (Date.now() - started) / 1000 }
  }
  const [fast, slow] = await Promise.all([endless(0), endless(200)])
  expect(fast.bytes).toBeLessThan(64 * 2 ** 20)
  expect(slow.seconds).toBeLessThan(45)
})
