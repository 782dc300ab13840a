import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from './stack/test.ts'

const still = ['/', '/97014', '/demo', '/trial', '/contact', '/privacy', '/terms']
const personal = [
  '/review',
  '/trial/check-email',
  '/trial/confirm?token=x',
  '/trial/started',
  '/unsubscribe',
  '/contact/sent',
]

for (const path of [...still, ...personal, '/no-such-page']) {
  test(`${path} loads without errors and only from this site`, async ({ page, stack }) => {
    const faults: string[] = []
    // The only allowed console message is the browser's own about a 404.
    const said = /^Failed to load resource: the server responded with a status of 404/
    page.on(
      'console',
      (message) =>
        message.type() === 'error' &&
        !(path.startsWith('/no') && said.test(message.text())) &&
        faults.push(message.text()),
    )
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('request', (request) => new URL(request.url()).origin !== stack.url && faults.push(request.url()))
    const answer = await page.goto(path)
    expect(answer?.status()).toBe(path.startsWith('/no') ? 404 : 200)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    expect(await page.locator('html').getAttribute('lang')).toMatch(/^en/)
    const headers = answer?.headers() ?? {}
    expect(headers['content-security-policy']).toMatch(/script-src (?!.*unsafe)/)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
    })
    if (personal.includes(path)) {
      await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/)
      expect(headers['cache-control']).toContain('no-store')
    }
    for (const width of [320, 768]) {
      await page.setViewportSize({ width, height: 800 })
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0)
    }
    expect(faults).toEqual([])
  })
}

test('the header marks the current page without script', async ({ stack }) => {
  const marked = async (path: string) =>
    [...(await (await fetch(stack.url + path)).text()).matchAll(/<a [^>]*aria-current="page"[^>]*>/g)].map(
      ([link]) => /href="([^"]*)"/.exec(link)?.[1],
    )
  for (const path of ['/97014', '/demo', '/trial', '/contact']) expect(await marked(path)).toEqual([path])
  expect(await marked('/trial/started')).toEqual(['/trial'])
  for (const path of ['/', '/privacy', '/terms', '/unsubscribe', '/no-such-page'])
    expect(await marked(path), path).toEqual([])
})

test('a form with errors is accessible', async ({ page }) => {
  for (const path of ['/demo', '/97014']) {
    await page.goto(path)
    await page.getByRole('button', { name: 'Watch the demo', exact: true }).click()
    await expect(page.getByRole('region', { name: /Please fix/ })).toBeFocused()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  }
})

test('public pages are prerendered; the home page needs no script', async ({ stack }) => {
  const { routes } = JSON.parse(readFileSync('.next/prerender-manifest.json', 'utf8'))
  for (const path of still) expect(Object.keys(routes)).toContain(path)
  expect(await (await fetch(stack.url)).text()).not.toMatch(/<script(?! type="application\/ld\+json")/)
  expect(await (await fetch(`${stack.url}/privacy`)).text()).toContain('two years<')
  expect(await (await fetch(`${stack.url}/trial`)).text()).toContain('free for 14 days')
  expect((await fetch(`${stack.url}/_not-found`)).status).toBe(404)
})

test('machine-readable files are served', async ({ stack }) => {
  const types = {
    '/sitemap.xml': 'xml',
    '/robots.txt': 'text/plain',
    '/feed.xml': 'xml',
    '/opengraph-image': 'image/png',
    '/.well-known/security.txt': 'text/plain',
    '/contact.vcf': 'text/vcard',
    '/api/openapi.json': 'application/json',
    '/healthz': 'text/plain',
  }
  const fresh: Record<string, number> = {
    '/feed.xml': 3600,
    '/.well-known/security.txt': 3600,
    '/contact.vcf': 3600,
    '/api/openapi.json': 300,
  }
  for (const [path, type] of Object.entries(types)) {
    const answer = await fetch(stack.url + path)
    expect(answer.status, path).toBe(200)
    expect(answer.headers.get('content-type'), path).toContain(type)
    if (path in fresh)
      expect(answer.headers.get('cache-control'), path).toBe(`public, max-age=${fresh[path]}`)
  }
  const sitemap = await (await fetch(`${stack.url}/sitemap.xml`)).text()
  expect(sitemap).toContain(`${stack.url}/97014`)
  const description = await (await fetch(`${stack.url}/api/openapi.json`)).json()
  expect(await new Validator().validate(description)).toMatchObject({ valid: true })
  expect(Object.keys(description.paths)).toEqual([
    '/api/submissions/demo',
    '/api/submissions/trial',
    '/api/submissions/inquiry',
    '/api/trials/{reference}',
    ...['convert', 'cancel', 'extend', 'access'].map((order) => `/api/trials/{reference}/${order}`),
  ])
})

test('the demo needs the form', async ({ page }) => {
  await page.goto('/demo/watch')
  await expect(page).toHaveURL(/\/demo$/)
  await page.goto('/demo/watch?pass=guessed.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')
  await expect(page).toHaveURL(/\/demo$/)
})
