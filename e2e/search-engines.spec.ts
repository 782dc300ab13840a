import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parseAtomFeed } from 'feedsmith'
import { readArticles } from '#lib/articles/library'
import { FILM_SECONDS } from '#lib/demo/scenes'
import { site } from '#lib/site'
import { listPersonalPages, publicPaths, read } from './stack/all-pages.ts'
import type { Stack } from './stack/stack.ts'
import { expect, test } from './stack/test.ts'
import { faultsOf, thingsOf } from './stack/vocabulary.ts'

const content = (html: string, name: string) =>
  new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1]

test('structured data: all of it is in schema.org, and no required property is missing', async ({
  stack,
}) => {
  const types: Record<string, string[]> = {}
  for (const path of publicPaths) {
    const html = await read(stack, { path })
    expect(await faultsOf(html), path).toEqual([])
    types[path] = Object.keys(thingsOf(html)).sort()
  }
  expect(types).toMatchObject({
    '/': ['Organization', 'WebSite'],
    '/97014': ['Article', 'BreadcrumbList', 'FAQPage', 'MedicalWebPage', 'Organization'],
    '/demo': ['BreadcrumbList', 'Organization', 'VideoObject'],
    '/contact': ['BreadcrumbList', 'Organization'],
  })
})

test('the check of structured data finds errors', async () => {
  const page = (thing: object) =>
    `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', ...thing })}</script>`
  const film = { '@type': 'VideoObject', name: 'A', thumbnailUrl: 'https://a.example/a.jpg' }
  expect((await faultsOf(page(film))).join()).toContain('uploadDate')
  expect((await faultsOf(page({ '@type': 'Organization', fone: '1' }))).join()).toContain('"fone"')
  expect((await faultsOf(page({ '@type': 'Organisation' }))).join()).toContain('Organisation')
  expect((await faultsOf(page({ '@type': ['Article', 'WebPage'], fone: '1' }))).length).toBeGreaterThan(0)
})

test('structured data of company, article, questions, breadcrumbs and film matches the pages', async ({
  stack,
}) => {
  const article = await read(stack, { path: '/97014' })
  const { Organization, MedicalWebPage, FAQPage, BreadcrumbList } = thingsOf(article)
  expect(Organization?.[0]).toMatchObject({
    telephone: '+17603345013',
    email: site.email,
    contactPoint: { '@type': 'ContactPoint', telephone: '+17603345013', url: `${stack.url}/contact` },
    address: { addressLocality: 'La Quinta', addressRegion: 'CA', postalCode: '92253' },
  })
  const known = readArticles().find(({ slug }) => slug === '97014')
  expect(MedicalWebPage?.[0]).toMatchObject({
    headline: known?.title,
    datePublished: known?.published,
    lastReviewed: known?.reviewed,
    url: `${stack.url}/97014`,
  })
  const asked = (FAQPage?.[0]?.mainEntity ?? []) as { name: string }[]
  expect(asked.length).toBeGreaterThan(3)
  for (const { name } of asked) expect(article).toContain(`<h3>${name}</h3>`)
  expect(BreadcrumbList?.[0]?.itemListElement).toMatchObject([
    { position: 1, item: `${stack.url}/` },
    { position: 2, item: `${stack.url}/97014` },
  ])
  const film = thingsOf(await read(stack, { path: '/demo' })).VideoObject?.[0]
  expect(film).toMatchObject({ duration: `PT${FILM_SECONDS}S`, thumbnailUrl: `${stack.url}/demo/poster.jpg` })
  expect(film).not.toHaveProperty('contentUrl')
  expect(Date.parse(String(film?.uploadDate))).toBeLessThan(Date.now())
  expect((await fetch(String(film?.thumbnailUrl))).headers.get('content-type')).toBe('image/jpeg')
})

test('each public page has its own title, description, canonical URL and social card', async ({ stack }) => {
  const told = new Set<string>()
  for (const path of publicPaths) {
    const html = await read(stack, { path })
    const title = /<title>([^<]+)</.exec(html)?.[1] ?? ''
    const description = content(html, 'description') ?? ''
    expect(description.length, path).toBeGreaterThan(50)
    expect(description.length, path).toBeLessThanOrEqual(160)
    told.add(title).add(description)
    expect(/<link rel="canonical" href="([^"]+)"/.exec(html)?.[1], path).toBe(
      path === '/' ? stack.url : `${stack.url}${path}`,
    )
    expect(
      html.match(/<link rel="alternate" type="application\/atom\+xml"[^>]*href="\/feed\.xml"/g),
      path,
    ).toHaveLength(1)
    expect(content(html, 'robots'), path).toBeUndefined()
    expect(content(html, 'twitter:card'), path).toBe('summary_large_image')
    expect(content(html, 'og:title'), path).toBeTruthy()
    await expectCard(stack, html, path)
  }
  expect(told.size).toBe(publicPaths.length * 2)
  // For an article, its seoTitle.
  expect(await read(stack, { path: '/97014' })).toContain(
    '<title>CPT Code 97014: unattended electrical stimulation, units, Medicare</title>',
  )
})

/** A PNG has its width at byte 16 and its height at byte 20 (PNG §11.2.2). */
async function expectCard(stack: Stack, html: string, path: string) {
  const url = content(html, 'og:image') ?? ''
  expect(url, path).toMatch(new RegExp(`^${stack.url}/`))
  expect(content(html, 'og:image:alt'), path).toBeTruthy()
  const answer = await fetch(url.replaceAll('&amp;', '&'))
  expect(answer.headers.get('content-type'), path).toBe('image/png')
  const png = Buffer.from(await answer.arrayBuffer())
  expect([png.readUInt32BE(16), png.readUInt32BE(20)], path).toEqual([1200, 630])
  expect([content(html, 'og:image:width'), content(html, 'og:image:height')], path).toEqual(['1200', '630'])
}

test('personal pages and error pages are noindex', async ({ stack }) => {
  for (const visit of await listPersonalPages(stack)) {
    if (visit.path === '/trial') continue // the public page, prefilled
    const html = await read(stack, visit)
    expect(content(html, 'robots'), visit.path).toMatch(/noindex/)
    expect(html, visit.path).not.toContain('rel="canonical"')
    expect(thingsOf(html), visit.path).toEqual({})
  }
})

test('site map and robots.txt are well-formed and consistent, and every URL responds', async ({ stack }) => {
  const xml = await read(stack, { path: '/sitemap.xml' })
  expect(XMLValidator.validate(xml)).toBe(true)
  expect(XMLValidator.validate(xml.replace('</url>', ''))).not.toBe(true)
  const { urlset } = new XMLParser({ ignoreAttributes: false }).parse(xml)
  expect(urlset['@_xmlns']).toBe('http://www.sitemaps.org/schemas/sitemap/0.9')
  const listed: string[] = urlset.url.map(({ loc }: { loc: string }) => loc)
  expect(listed.toSorted()).toEqual(publicPaths.map((path) => `${stack.url}${path}`).toSorted())
  for (const url of listed) expect((await fetch(url, { redirect: 'manual' })).status, url).toBe(200)
  const robots = await read(stack, { path: '/robots.txt' })
  expect(robots).toContain(`Sitemap: ${stack.url}/sitemap.xml`)
  const closed = [...robots.matchAll(/^Disallow: (\S+)/gm)].map(([, path = '']) => `${stack.url}${path}`)
  expect(listed.filter((url) => closed.some((start) => url.startsWith(start)))).toEqual([])
})

test('the feed is Atom with all articles, each with URL, date and summary', async ({ stack }) => {
  const xml = await read(stack, { path: '/feed.xml' })
  expect(XMLValidator.validate(xml)).toBe(true)
  const feed = parseAtomFeed(xml)
  expect(feed.id).toBe(`${stack.url}/`)
  expect(feed.links?.find(({ rel }) => rel === 'self')?.href).toBe(`${stack.url}/feed.xml`)
  expect(
    feed.entries?.map(({ id, title, summary, updated }) => [id, title?.value, summary?.value, updated]),
  ).toEqual(
    readArticles().map((a) => [`${stack.url}${a.path}`, a.title, a.summary, `${a.reviewed}T00:00:00Z`]),
  )
  expect(() => parseAtomFeed(xml.replace('<feed', '<food').replace('</feed>', '</food>'))).toThrow()
})

test('security.txt has a contact and has not expired', async ({ stack }) => {
  const text = await read(stack, { path: '/.well-known/security.txt' })
  const fields = new Map(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(/: (.*)/) as [string, string]),
  )
  expect(fields.get('Contact')).toBe(`mailto:${site.email}`)
  expect(fields.get('Canonical')).toBe(`${stack.url}/.well-known/security.txt`)
  const ahead = Date.parse(fields.get('Expires') ?? '') - Date.now()
  expect(ahead).toBeGreaterThan(30 * 86_400_000)
  expect(ahead).toBeLessThan(366 * 86_400_000)
})

test('the manifest’s icons have the sizes that it declares', async ({ stack }) => {
  const manifest = JSON.parse(await read(stack, { path: '/manifest.webmanifest' }))
  expect(await read(stack, { path: '/' })).toContain('rel="manifest" href="/manifest.webmanifest"')
  expect(new URL(manifest.start_url, stack.url).href).toBe(`${stack.url}/`)
  for (const { src, sizes, type } of manifest.icons) {
    const answer = await fetch(new URL(src, stack.url))
    expect(answer.headers.get('content-type'), src).toContain(type)
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (type === 'image/png') expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes)
  }
})
