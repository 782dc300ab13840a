import { type OutgoingHttpHeaders, request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fieldsOf, formNames, HONEYPOT, KEY_FIELD } from '#lib/forms/forms'
import { heldMs } from '../stack/event-loop.ts'
import { hostileTexts } from '../stack/hostile-text.ts'
import { Stack } from '../stack/stack.ts'

/** The longest time that one request may block all others, in ms. */
const MOST_HELD = 100
const LENGTH = 60_000
/** Node accepts 16 KiB of headers. */
const HEADER_LENGTH = 14_000

type Sent = { path: string; method?: string; headers?: OutgoingHttpHeaders; body?: string }

const stack = new Stack()
let cookie = ''

beforeAll(async () => {
  await stack.start({
    WORKER: 'off',
    API_TOKEN: 'a token for tests, forty characters long'.replaceAll(' ', '-'),
  })
  const who = { name: 'Jane Roe', email: 'jane@example.com', company: 'Desert Spine', terms: true }
  cookie = (await stack.post('trial', who)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
})
afterAll(() => stack.stop())

/**
 * Sends a request with `node:http`, which accepts header values that fetch() refuses. Returns the status, or 0 if the
 * server closed the connection, as it may while it refuses a request that is still arriving.
 */
function send({ path, method = 'POST', headers, body }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    // Next redirects a URL with repeated slashes to its percent-encoded form, which may be a long header.
    const maxHeaderSize = method === 'GET' ? 131_072 : 16_384
    const sent = request(stack.url, { path, method, headers, maxHeaderSize, agent: false }, (answer) => {
      answer
        .resume()
        .on('error', reject)
        .on('end', () => resolve(answer.statusCode ?? 0))
    })
    sent.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE'
        ? resolve(0)
        : reject(new Error(`${error.message}: ${nameOf({ path, headers, body })}`)),
    )
    sent.end(body)
  })
}

/** Longest delay of another request by the event loop meanwhile, in ms. */
async function longestHold(work: () => Promise<void>): Promise<number> {
  let longest = 0
  let done = false
  const others = async () => {
    while (!done) {
      const held = await heldMs(stack.web.pid, async () =>
        expect(await send({ path: '/', method: 'GET' })).toBe(200),
      )
      longest = Math.max(longest, held)
    }
  }
  const working = work().finally(() => {
    done = true
  })
  await Promise.all([working, others()])
  return longest
}

async function expectNoHold(requests: Sent[]): Promise<void> {
  const held = await longestHold(async () => {
    for (const each of requests) await send(each)
  })
  if (held > MOST_HELD) expect(await findSlow(requests)).toEqual([])
}

/** Requests that block the event loop every time; a single garbage collection does not count. */
async function findSlow(requests: Sent[]): Promise<string[]> {
  const slow: string[] = []
  for (const each of requests) {
    let held = Infinity
    for (let tries = 0; tries < 3 && held > MOST_HELD; tries++)
      held = await longestHold(async () => void (await send(each)))
    if (held > MOST_HELD) slow.push(`${Math.round(held)} ms: ${nameOf(each)}`)
  }
  return slow
}

const nameOf = ({ path, headers, body = '' }: Sent) =>
  [path, body, ...Object.entries(headers ?? {}).flat()].map((part) => String(part).slice(0, 60)).join(' ')

const asJson = (path: string, fields: object): Sent => ({
  path,
  headers: { 'content-type': 'application/json', cookie },
  body: JSON.stringify(fields),
})

/** Percent-encoding makes a text longer, so it is cut to stay below the limit of a body. */
function asForm(path: string, fields: Record<string, string>, name: string): Sent {
  const type = 'application/x-www-form-urlencoded'
  const encode = (value: string) => new URLSearchParams({ ...fields, [name]: value }).toString()
  let value = fields[name] ?? ''
  while (encode(value).length > 65_000) value = value.slice(0, value.length * 0.9)
  return { path, headers: { 'content-type': type, cookie, accept: 'text/html' }, body: encode(value) }
}

const attribution = ['utm_source', 'referrer', 'landing_page']
const who = { name: 'Jane Roe', email: 'jane@example.com', company: 'Desert Spine' }

/** The text as value of each field of each form, in both encodings, and as a field name. */
function inForms(text: string): Sent[] {
  return formNames.flatMap((form) => {
    const path = `/api/submissions/${form}`
    const names = fieldsOf(form).map(({ name }) => name as string)
    const all = form === 'demo' ? [...names, HONEYPOT, KEY_FIELD, ...attribution] : names
    return all
      .flatMap((name) => [
        asJson(path, { ...who, [name]: text }),
        asForm(path, { ...who, [name]: text }, name),
      ])
      .concat(asJson(path, { [text]: 'x' }))
  })
}

/** The text in single-field forms, the player's reports and API calls. */
function inOthers(text: string): Sent[] {
  return Object.entries({
    '/api/trials/code': ['code', 'time_zone'],
    '/api/trials/address': ['email'],
    '/api/trials/resend': ['token'],
    '/trial/confirm': ['token', 'time_zone'],
    '/unsubscribe': ['token', 'List-Unsubscribe'],
    '/api/demo/progress': ['spans', 'pass'],
  }).flatMap(([path, names]) =>
    names.flatMap((name) => {
      const fields = path.endsWith('progress') ? { position: 1, duration: 72, spans: '' } : {}
      return [asJson(path, { ...fields, [name]: text }), asForm(path, { [name]: text }, name)]
    }),
  )
}

const HEADERS = ['idempotency-key', 'authorization', 'referer', 'accept-encoding', 'cookie', 'content-type']
  .concat('if-range', 'if-none-match', 'if-modified-since', 'range', 'origin', 'accept', 'content-encoding')
  .concat(
    'x-forwarded-for',
    'user-agent',
    'accept-language',
    'sec-fetch-site',
    'next-router-state-tree',
    'rsc',
  )

/** A header value: no line breaks, only bytes, and no longer than Node accepts. */
const asHeader = (text: string) =>
  Buffer.from(text.slice(0, HEADER_LENGTH))
    .subarray(0, HEADER_LENGTH)
    .toString('latin1')
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ' ')

function inHeaders(text: string): Sent[] {
  const value = asHeader(text)
  return HEADERS.flatMap((header) => [
    {
      path: '/api/submissions/demo',
      headers: withOwn(header, value),
      body: JSON.stringify({ ...who, texts: 1 }),
    },
    { path: '/api/trials/TS-AAAAAA/extend', headers: withOwn(header, value), body: '{"days":1}' },
    { path: '/demo/sample.mp4', method: 'HEAD', headers: { cookie, [header]: value } },
    { path: '/trial', method: 'HEAD', headers: { cookie, [header]: value } },
  ])
}

const withOwn = (header: string, value: string) => ({
  ...{ 'content-type': 'application/json', cookie },
  [header]:
    header === 'referer' ? `${stack.url}/demo?utm_source=${encodeURIComponent(value).slice(0, 9000)}` : value,
})

function inAddresses(text: string): Sent[] {
  const value = encodeURIComponent(text.slice(0, HEADER_LENGTH).toWellFormed()).slice(0, HEADER_LENGTH)
  const plain = asHeader(text).replaceAll(/[^\x21-\x7e]/g, '+')
  return ['/', '/demo/watch?pass=', '/trial/confirm?token=', '/unsubscribe?token=', '/demo?utm_source=']
    .flatMap((path) => [`${path}${value.slice(0, value.lastIndexOf('%'))}`, `${path}${plain}`])
    .map((path) => ({ path, method: 'GET', headers: { cookie } }))
}

test.each(Object.entries(hostileTexts))(
  'no other request waits for one that is full of: %s',
  async (_, make) => {
    const text = make(LENGTH)
    await expectNoHold([...inForms(text), ...inOthers(text), ...inHeaders(text), ...inAddresses(text)])
  },
)
