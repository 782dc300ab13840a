import { test as base, expect } from '@playwright/test'
import { expectHarmless, publicPages, routes } from './stack/harmless.ts'
import {
  badPaths,
  badTargets,
  bodies,
  hostileParts,
  internalQueries,
  longPart,
  methods,
  methodsWithBody,
  queries,
} from './stack/hostile-requests.ts'
import { request, sendRaw } from './stack/raw-request.ts'
import { Stack } from './stack/stack.ts'

/** Requests that no browser sends, to every route of the build: refused, never a 5xx. */
const API_TOKEN = 't'.repeat(40)

const test = base.extend<object, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are wanted from the pattern
    async ({}, use) => {
      const stack = await new Stack().start({ API_TOKEN })
      await use(stack)
      await stack.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

test('an unknown URL is refused for every method', async ({ stack }) => {
  test.setTimeout(120_000)
  for (const target of [...badTargets, ...badPaths])
    for (const method of methods) {
      const more = methodsWithBody.includes(method) ? ['Next-Action: x', 'Content-Length: 2'] : []
      const answer = await sendRaw(stack.url, request(method, target, more), more.length ? '[]' : '')
      const sent = `${method} ${target.slice(0, 60)}`
      expectHarmless(answer, sent)
      expect([400, 404, 405], sent).toContain(answer.status)
    }
})

test('every route answers below 500 to hostile paths, methods, queries and bodies', async ({ stack }) => {
  test.setTimeout(300_000)
  const failures: string[] = []
  const log = stack.log.length
  const tryOne = async (method: string, target: string, headers: string[] = [], body = '') => {
    const lengths = body || methodsWithBody.includes(method) ? [`Content-Length: ${body.length}`] : []
    const auth = target.startsWith('/api/trials') ? [`Authorization: Bearer ${API_TOKEN}`] : []
    const answer = await sendRaw(stack.url, request(method, target, [...auth, ...headers, ...lengths]), body)
    // The worker may not have reported yet, so the site is really not ready.
    if (target.startsWith('/readyz') && answer.status === 503) return
    try {
      expectHarmless(answer, 'x')
    } catch {
      failures.push(
        `${answer.status} ${method} ${target.slice(0, 90)} ${[...headers, body].join(' ').slice(0, 90)}`,
      )
    }
  }
  for (const route of routes()) {
    const plain = route.replace(/\[\w+\]/g, 'x')
    for (const method of methods) await tryOne(method, plain, ['Range: bytes=0-0'])
    for (const part of [...hostileParts, longPart]) {
      await tryOne('GET', `${plain}/${part}`)
      await tryOne('POST', `${plain}${part}`)
      if (plain !== route)
        for (const method of ['GET', 'POST']) await tryOne(method, route.replaceAll(/\[\w+\]/g, part))
    }
    for (const query of [...queries, ...internalQueries])
      for (const method of ['GET', 'POST']) await tryOne(method, `${plain}${query}`)
    for (const [type, body] of bodies) {
      const real = route
        .replace('[form]', 'demo')
        .replace('[order]', 'extend')
        .replace(/\[\w+\]/g, 'x')
      await tryOne('POST', real, [`Content-Type: ${type}`, 'Next-Action: x'], body)
    }
    for (const header of [
      'Cookie: ts_visitor=%; ts_draft=%00; ts_typed=\xff',
      'Referer: %',
      'Host: %',
      'Host: a/b?c#d',
    ])
      await tryOne('GET', plain, [header])
  }
  expect(failures).toEqual([])
  expect(stack.log.slice(log).join('')).not.toMatch(/Server Reference|server action|Error/i)
})

test('malformed requests are refused or answered', async ({ stack }) => {
  const heads = [
    ['GET / HTTP/1.1', 'Connection: close'],
    ['GET / HTTP/1.1', 'Host: \x01', 'Connection: close'],
    ['GET / HTTP/1.1', 'Host: a', 'Host: b', 'Connection: close'],
    ['GET /review HTTP/1.1', 'Host: evil.example:99999999', 'Connection: close'],
    ['GET /review HTTP/1.0'],
    ['GET /review HTTP/1.0', 'Host: evil.example'],
    request('GET', '/review', ['Expect: 100-continue']),
    request('GET', '/review', ['Expect: something-else']),
    request('GET', '/review', ['Transfer-Encoding: gzip, chunked']),
    request('GET', '/review', [`Cookie: ${'a'.repeat(60_000)}`]),
    request('GET', '/review', ['Authorization: Bearer \xff']),
    request('GET', '/demo/sample.mp4', [
      'Range: bytes=9-1',
      'If-Range: %',
      'If-Match: x',
      'If-Unmodified-Since: x',
    ]),
    ['GARBAGE'],
    ['\x16\x03\x01\x02'],
  ]
  for (const head of heads) {
    const answer = await sendRaw(stack.url, head)
    expectHarmless(answer, head.join(' ').slice(0, 80))
    expect(answer.text).not.toContain('evil.example')
  }
})

test('pages refuse POST, and Server Actions are not reachable', async ({ stack }) => {
  for (const path of [...publicPages, '/review', '/trial/started', '/x', '/_not-found', '/demo/sample.mp4'])
    for (const type of [
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'text/plain',
    ]) {
      const head = request('POST', path, [`Content-Type: ${type}`, 'Next-Action: x', 'Content-Length: 3'])
      const answer = await sendRaw(stack.url, head, 'a=b')
      expectHarmless(answer, path)
      expect([404, 405], path).toContain(answer.status)
      if (answer.status === 405) expect(answer.headers.get('allow'), path).toContain('GET, HEAD')
    }
  const person = await fetch(`${stack.url}/demo`, { method: 'POST', headers: { Accept: 'text/html' } })
  expect(person.status).toBe(405)
  expect(await person.text()).toContain('<nav')
  const program = await fetch(`${stack.url}/demo`, { method: 'POST' })
  expect(program.headers.get('content-type')).toBe('application/problem+json')
})

test('every endpoint refuses a write from an opaque origin', async ({ stack }) => {
  const endpoints = [
    ...['submissions/demo', 'submissions/trial', 'submissions/inquiry', 'demo/progress'],
    ...['trials/code', 'trials/address', 'trials/resend', 'trials/confirm', 'trials/TS-X/extend'],
  ].map((path) => `/api/${path}`)
  const origins =
    'chrome-extension://x|file://|file:///x|foo:bar|about:blank|data:,x|blob:null/x|blob:x|null|x|//x|%|http://'
  for (const path of [...endpoints, '/trial/confirm'])
    for (const origin of [
      ...origins.split('|'),
      'http://',
      'javascript:1',
      'http://a b',
      '\xff',
      'moz-extension://localhost',
    ])
      for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
        const head = [`Origin: ${origin}`, `Content-Type: ${type}`, `Authorization: Bearer ${API_TOKEN}`]
        const answer = await sendRaw(stack.url, request('POST', path, [...head, 'Content-Length: 2']), '{}')
        expect(answer.status, `${path} ${origin}`).toBe(403)
      }
  // Without referrers, our own pages are such an origin too; the browser tells them apart.
  for (const path of endpoints)
    for (const [site, refused] of [
      ['same-origin', false],
      ['same-site', true],
      ['cross-site', true],
      ['none', true],
    ] as const) {
      const head = ['Origin: null', `Sec-Fetch-Site: ${site}`, `Authorization: Bearer ${API_TOKEN}`]
      const more = ['Content-Type: application/json', 'Content-Length: 2']
      const answer = await sendRaw(stack.url, request('POST', path, [...head, ...more]), '{}')
      expect(answer.status === 403, `${path} ${site} ${answer.status}`).toBe(refused)
    }
})
