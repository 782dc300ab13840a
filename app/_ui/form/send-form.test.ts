import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { makeSender, mintKey } from './send-form'

type Asked = { key: IncomingHttpHeaders[string]; body: string }
type Reply = (response: ServerResponse) => unknown

const pace = { deadlineMs: 2_000, firstMs: 10, maxMs: 40, totalMs: 60_000 }
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A real server that sends the replies in order and repeats the last one. */
async function serve(...replies: Reply[]) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      const reply = replies[Math.min(asked.length, replies.length - 1)]
      asked.push({ key: request.headers['idempotency-key'], body })
      reply?.(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

const json =
  (status: number, body: object, headers = {}): Reply =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const accept = json(201, { reference: 'TS-7KQ2MX', next: '/demo/watch' })
const hangUp: Reply = (response) => response.socket?.destroy()
const silence: Reply = () => {}
const cutOff: Reply = (response) => {
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': '999' }).write('{"next"')
  setTimeout(() => response.socket?.destroy(), 20)
}

const goOn = async () => 'retry' as const
const halt = async () => 'stop' as const
const keysOf = (asked: Asked[]) => new Set(asked.map(({ key }) => key)).size

test('accepted: returns the next page, and only a path of this site', async () => {
  const good = await serve(accept)
  expect(await makeSender(good.url, pace)('{"a":1}', goOn)).toEqual({ is: 'accepted', next: '/demo/watch' })
  expect(good.asked[0]?.body).toBe('{"a":1}')
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'https://evil.example',
    7,
  ]) {
    const bad = await serve(json(201, { next }))
    expect(await makeSender(bad.url, pace)('{}', goOn)).toEqual({ is: 'accepted', next: '/' })
  }
})

test('every kind of missing response is retried with the same key', async () => {
  const { asked, url } = await serve(hangUp, silence, cutOff, json(503, {}), json(500, {}), accept)
  const troubles: string[] = []
  const outcome = await makeSender(url, pace)('{}', async (_, why) => {
    troubles.push(why)
    return 'retry'
  })
  expect(outcome.is).toBe('accepted')
  expect(troubles).toEqual(['unreachable', 'unreachable', 'unreachable', 'unavailable', 'unavailable'])
  expect(keysOf(asked)).toBe(1)
})

test('waits double up to the maximum; a longer Retry-After is respected', async () => {
  const { url } = await serve(...Array(4).fill(hangUp), json(429, {}, { 'retry-after': '1' }), accept)
  const pauses: number[] = []
  await makeSender(url, pace)('{}', async (ms) => {
    pauses.push(ms)
    return 'retry'
  })
  expect(pauses).toEqual([10, 20, 40, 40, 1000])
})

test('gives up after the time limit, or at once if Retry-After exceeds it', async () => {
  const down = await serve(hangUp)
  const pausing = async (ms: number) => new Promise<'retry'>((resolve) => setTimeout(resolve, ms, 'retry'))
  const short = { ...pace, totalMs: 2_000 }
  expect(await makeSender(down.url, short)('{}', pausing)).toEqual({ is: 'gave-up', why: 'unreachable' })
  expect(down.asked.length).toBeGreaterThan(2)
  const full = await serve(json(429, {}, { 'retry-after': '3600' }))
  expect(await makeSender(full.url, pace)('{}', goOn)).toEqual({ is: 'gave-up', why: 'too-many' })
  expect(full.asked).toHaveLength(1)
})

test('after the connection comes back, time limit and waits start again', async () => {
  const { url } = await serve(...Array(4).fill(hangUp), accept)
  const pauses: number[] = []
  const outcome = await makeSender(url, { ...pace, totalMs: 2_000 })('{}', async (ms) => {
    pauses.push(ms)
    if (pauses.length !== 2) return 'retry'
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    return 'restart'
  })
  expect(outcome.is).toBe('accepted')
  expect(pauses).toEqual([10, 20, 10, 20])
})

test('no further attempt after "stop"', async () => {
  const { asked, url } = await serve(hangUp)
  expect(await makeSender(url, pace)('{}', halt)).toEqual({ is: 'stopped' })
  expect(asked).toHaveLength(1)
})

test('returns the server’s errors; corrected content gets a new key', async () => {
  const errors = { email: ['Enter one email address, such as name@example.com.'] }
  const { asked, url } = await serve(json(422, { errors }), accept)
  const send = makeSender(url, pace)
  expect(await send('{"email":"x"}', goOn)).toEqual({ is: 'refused', errors })
  expect((await send('{"email":"x@example.com"}', goOn)).is).toBe('accepted')
  expect(keysOf(asked)).toBe(2)
})

test('the same content sent again after it was accepted keeps its key', async () => {
  const { asked, url } = await serve(accept)
  const send = makeSender(url, pace)
  for (let time = 0; time < 3; time++) await send('{"a":1}', goOn)
  expect(keysOf(asked)).toBe(1)
})

test('edited while the result is unknown: the old key first, so that nothing is stored twice', async () => {
  const { asked, url } = await serve(hangUp, accept)
  const send = makeSender(url, pace)
  await send('{"a":1}', halt)
  expect((await send('{"a":2}', goOn)).is).toBe('accepted')
  expect(keysOf(asked)).toBe(1)
})

test('edited after the earlier version was stored: a new key, and the edit is sent', async () => {
  const { asked, url } = await serve(hangUp, json(422, { title: 'The same key with other content' }), accept)
  const send = makeSender(url, pace)
  await send('{"a":1}', halt)
  expect((await send('{"a":2}', goOn)).is).toBe('accepted')
  expect(asked.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":2}', '{"a":2}'])
  expect(asked[1]?.key).toBe(asked[0]?.key)
  expect(asked[2]?.key).not.toBe(asked[0]?.key)
})

test('stops if the server reports every key as taken', async () => {
  const { asked, url } = await serve(json(422, {}))
  expect((await makeSender(url, pace)('{}', goOn)).is).toBe('refused')
  expect(asked).toHaveLength(2)
})

test('a refusal by a proxy is final, whatever its body', async () => {
  const page: Reply = (response) =>
    response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>No</h1>')
  const { url } = await serve(page)
  const outcome = await makeSender(url, pace)('{}', goOn)
  expect(outcome).toMatchObject({
    is: 'refused',
    errors: { form: [expect.stringContaining('did not accept')] },
  })
})

test('a key is a version 4 UUID, also on plain HTTP', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  expect(mintKey()).toMatch(uuid)
  const { randomUUID } = crypto
  Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true })
  expect(mintKey()).toMatch(uuid)
  Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true })
  expect(new Set(Array.from({ length: 1000 }, mintKey)).size).toBe(1000)
})
