import { expectHarmless, publicPages } from './stack/harmless.ts'
import { internalHeaders } from './stack/internal-headers.ts'
import { type RawAnswer, request, sendRaw } from './stack/raw-request.ts'
import { expect, test } from './stack/test.ts'

/** A shared cache that ignores `Vary` must never store a second version of a page. */

/** The response is the one public version of the page, or may not be stored. */
function expectOneCopy(answer: RawAnswer, copies: Set<string>, sent: string): void {
  expectHarmless(answer, sent)
  if (answer.status === 304) return
  if (answer.headers.get('cache-control') === 'no-cache')
    expect(copies.has(answer.headers.get('etag') ?? ''), sent).toBe(true)
  else expect(answer.headers.get('cache-control'), sent).toBe('private, no-store')
}

test('each public page has one version, whatever headers a request has', async ({ stack }) => {
  test.setTimeout(120_000)
  for (const page of publicPages) {
    const one = await sendRaw(stack.url, request('GET', page))
    expect(one.status).toBe(200)
    const copies = new Set([one.headers.get('etag') ?? ''])
    for (const header of internalHeaders)
      for (const target of [page, `${page}?_rsc=1`]) {
        const answer = await sendRaw(stack.url, request('GET', target, [header]))
        expectOneCopy(answer, copies, `${target} ${header}`)
        expect(answer.headers.get('content-type') ?? 'text/html', header).toContain('text/html')
      }
    for (const head of [
      request('HEAD', page),
      request('GET', page, [], '1.0'),
      [`GET ${page} HTTP/1.0`],
      request('GET', page, ['RSC: 1', 'Next-Router-Prefetch: 1', 'Next-Router-State-Tree: %5B%5D']),
      request('GET', page, ['RSC: 1', 'Next-Router-Segment-Prefetch: /_tree', 'Next-Router-Prefetch: 1']),
    ])
      expectOneCopy(await sendRaw(stack.url, head), copies, `${head.slice(0, 1)} ${head.slice(3)}`)
  }
})

test('another spelling of a URL gives that page, a redirect to it, or a 404', async ({ stack }) => {
  const one = await sendRaw(stack.url, request('GET', '/demo'))
  const copies = new Set([one.headers.get('etag') ?? ''])
  const same = [
    '/demo?x',
    '/demo?',
    '/%64emo',
    '/demo#x',
    '/demo?_rsc=x',
    'http://evil.example/demo',
    'HTTPS://x/demo',
  ]
  for (const target of same) {
    const answer = await sendRaw(stack.url, request('GET', target))
    expectOneCopy(answer, copies, target)
    expect(answer.headers.get('etag'), target).toBe(one.headers.get('etag'))
  }
  const moved = await sendRaw(stack.url, request('GET', '/demo/?a=%2F%2Fevil.example'))
  expect([moved.status, moved.headers.get('location')]).toEqual([308, '/demo?a=%2F%2Fevil.example'])
  const missing = [
    ...[
      '/index',
      '/index.html',
      '/demo.html',
      '/demo.rsc',
      '/demo.prefetch.rsc',
      '/demo.txt',
      '/demo.json',
      '/DEMO',
    ],
    ...['/demo.segments/_full.segment.rsc', '/demo.segments/_tree.segment.rsc', '/demo.action', '/demo.body'],
    ...[
      '/_next/data/x/demo.json',
      '/_next/data/x/index.json',
      '/_next/image',
      '/_next',
      '/_next/',
      '/_next/static/',
    ],
    ...[
      '/_next/static/../server/app/demo.html',
      '/_next/server/app/demo.html',
      '/_next/static//x',
      '/_next/mcp',
    ],
    ...[
      '/_not-found',
      '/_global-error',
      '/_error',
      '/_document',
      '/404',
      '/500',
      '/[slug]',
      '/%5Bslug%5D',
      '/demo%2f',
    ],
    ...[
      '//demo',
      '/.//demo',
      '/x/../demo',
      '/./demo',
      '/demo//',
      '/demo/.',
      '/demo;x',
      '/%2564emo',
      '/demo%20',
      '/demo%00',
    ],
    ...['//evil.example', '//evil.example/', '/%5cevil.example/', '/evil.example//', '/..//evil.example/'],
  ]
  for (const target of missing) {
    const answer = await sendRaw(stack.url, request('GET', target, ['Accept: text/html']))
    expectOneCopy(answer, new Set(), target)
    expect(answer.status, target).toBe(404)
    expect(answer.body, target).toContain('<main')
  }
})

test('Next’s page data is served only for pages that refresh themselves, and is never stored', async ({
  stack,
}) => {
  const refresh = ['RSC: 1', 'Next-Router-State-Tree: %', 'Next-Url: /x']
  for (const target of [
    '/trial/started?_rsc=x',
    '/trial/check-email?resent=1&_rsc',
    '/trial/confirm?token=x&_rsc=x',
    '/trial/started',
  ]) {
    const answer = await sendRaw(stack.url, request('GET', target, refresh))
    expectOneCopy(answer, new Set(), target)
    expect([answer.status, answer.headers.get('content-type')], target).toEqual([200, 'text/x-component'])
  }
  for (const target of [
    '/review?_rsc',
    '/demo/watch?_rsc',
    '/97014/opengraph-image?_rsc',
    '/feed.xml?_rsc',
    '/x?_rsc',
  ])
    for (const header of ['RSC: 1', 'RSC: 2']) {
      const answer = await sendRaw(stack.url, request('GET', target, [header]))
      expectHarmless(answer, target)
      expect(answer.headers.get('content-type'), target).not.toContain('x-component')
      expect(answer.headers.get('location') ?? '', target).not.toContain('_rsc')
    }
})

test('static files and machine-readable files may still be cached', async ({ stack }) => {
  const page = await (await fetch(`${stack.url}/demo`)).text()
  const script = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? ''
  const kept = {
    [script]: 'immutable',
    '/demo/poster.jpg': 'public',
    '/feed.xml': 'public',
    '/icon.svg': 'public',
  }
  for (const [path, word] of Object.entries({
    ...kept,
    '/97014/opengraph-image': 'public',
    '/sitemap.xml': 'public',
  })) {
    const answer = await sendRaw(stack.url, request('GET', path))
    expect([answer.status, answer.headers.get('cache-control')], path).toEqual([
      200,
      expect.stringContaining(word),
    ])
  }
  const none = await sendRaw(stack.url, request('GET', '/_next/static/chunks/none.js'))
  expect([none.status, none.headers.get('cache-control')]).toEqual([404, 'private, no-store'])
})
