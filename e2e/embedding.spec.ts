import { expect, test } from './stack/test.ts'

/** What other programs fetch of ours: feed readers again and again, other sites' pages the cards of shared links. */
for (const path of ['/feed.xml', '/contact.vcf', '/'])
  test(`${path} is not sent again to a client that has it`, async ({ stack }) => {
    const get = (headers: Record<string, string> = {}, method = 'GET') =>
      fetch(stack.url + path, { method, headers })
    const first = await get()
    const etag = first.headers.get('etag') ?? ''
    const strong = etag.replace('W/', '')
    const body = await first.text()
    expect(etag).toMatch(/^(?:W\/)?"[\w-]+"$/)
    for (const match of [etag, `W/${strong}`, strong, `"other", ${etag}`, '*']) {
      const again = await get({ 'If-None-Match': match })
      expect([match, again.status, (await again.text()).length]).toEqual([match, 304, 0])
      for (const name of ['etag', 'cache-control', 'last-modified', 'vary'])
        expect(again.headers.get(name), name).toBe(first.headers.get(name))
    }
    // If-None-Match wins over If-Modified-Since (RFC 9110 §13.1.3).
    const later = new Date(Date.now() + 86_400_000).toUTCString()
    const stale = await get({ 'If-None-Match': '"other"', 'If-Modified-Since': later })
    expect([stale.status, (await stale.text()).length]).toEqual([200, body.length])
    const head = await get({}, 'HEAD')
    expect([head.status, head.headers.get('etag')]).toEqual([200, etag])
  })

test('the feed has a date, and is sent to who has an older one only', async ({ stack }) => {
  const since = async (date?: string) =>
    fetch(`${stack.url}/feed.xml`, { headers: date ? { 'If-Modified-Since': date } : {} })
  const first = await since()
  const modified = first.headers.get('last-modified') ?? ''
  const [, updated = ''] = /<updated>([^<]+)</.exec(await first.text()) ?? []
  expect(Date.parse(modified)).toBe(Date.parse(updated))
  expect((await since(modified)).status).toBe(304)
  expect((await since(new Date(Date.parse(modified) - 1000).toUTCString())).status).toBe(200)
  expect((await since('no date')).status).toBe(200)
})

test('other sites may show the social cards, and nothing else of ours', async ({ stack }) => {
  const policy = async (path: string) => {
    const { status, headers } = await fetch(new URL(path, stack.url))
    expect(status, path).toBe(200)
    return headers.get('cross-origin-resource-policy')
  }
  const html = await (await fetch(`${stack.url}/`)).text()
  const [, script = ''] = /"(\/_next\/static\/[^"]+\.(?:js|css|woff2))"/.exec(html) ?? []
  for (const path of ['/', '/97014', '/feed.xml', '/icon.svg', '/healthz', ...(script ? [script] : [])])
    expect([path, await policy(path)]).toEqual([path, 'same-origin'])
  for (const path of ['/', '/97014', '/trial', '/demo', '/contact', '/privacy', '/terms']) {
    const shared = await (await fetch(stack.url + path)).text()
    for (const [, url = ''] of shared.matchAll(
      /<meta (?:property="og|name="twitter):image" content="([^"]+)"/g,
    )) {
      const card = await fetch(url)
      expect([card.status, card.headers.get('cross-origin-resource-policy')], url).toEqual([
        200,
        'cross-origin',
      ])
      expect(card.headers.get('access-control-allow-origin'), url).toBe('*')
      expect(card.headers.get('cache-control'), url).toMatch(/^public, max-age=\d+/)
      expect(card.headers.get('content-type')).toBe('image/png')
    }
  }
})
