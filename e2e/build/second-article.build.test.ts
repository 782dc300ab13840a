import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHANGED_PROJECT } from '../stack/changed-project.ts'
import { Stack } from '../stack/stack.ts'

/** A second article needs only one file, which the changed project has. */
const stack = new Stack(CHANGED_PROJECT)
beforeAll(async () => void (await stack.start({ WORKER: 'off', RETENTION_DAYS: '90' })))
afterAll(() => stack.stop())

async function read(path: string): Promise<string> {
  const answer = await fetch(stack.url + path)
  expect(answer.status, path).toBe(200)
  return answer.text()
}

test('its page has every part of an article page, and no script', async () => {
  const page = await read('/hot-packs')
  for (const part of [
    '<title>Hot and cold packs · TrackStat</title>',
    `<link rel="canonical" href="${stack.url}/hot-packs"/>`,
    '<time dateTime="2026-12-02">December 2, 2026</time>',
    '<a href="#what"',
    '>What it is</a>',
    '<a href="#what-follows"',
    '>What follows</a>',
    '<h2 id="what">What it is</h2>',
    '<a href="#ref-1"',
    'id="ref-1"',
    'action="/api/submissions/demo"',
    '"@type":"FAQPage"',
    `"url":"${stack.url}/hot-packs"`,
  ])
    expect(page).toContain(part)
  // A little more than 500 words at 230 a minute.
  expect(page.replaceAll('<!-- -->', '')).toContain('· 2-minute read')
  expect(page).not.toMatch(/<script[^>]* src=/)
  const privacy = await read('/privacy')
  for (const html of [page, privacy]) expect(html).not.toContain('.invalid')
  expect(privacy.replaceAll('<!-- -->', '')).toContain('90 days after you last sent us a form')
})

test('it is in the site map, the feed and the home page, and has a social card', async () => {
  expect(await read('/sitemap.xml')).toMatch(/hot-packs<\/loc>\s*<lastmod>2026-12-02/)
  const feed = await read('/feed.xml')
  expect(feed).toContain(`<id>${stack.url}/hot-packs</id>`)
  expect(feed.indexOf('hot-packs')).toBeLessThan(feed.indexOf('97014'))
  expect(await read('/')).toContain('href="/hot-packs"')
  const card = /property="og:image" content="([^"]+)"/.exec(await read('/hot-packs'))?.[1] ?? ''
  const answer = await fetch(card)
  expect(answer.headers.get('content-type')).toBe('image/png')
  expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(10_000)
})

test('the first article is unchanged, and there is no other new URL', async () => {
  expect(await read('/97014')).toContain('CPT Code 97014')
  for (const path of ['/hot-packs.mdx', '/hotpacks', '/content'])
    expect((await fetch(stack.url + path)).status, path).toBe(404)
})
