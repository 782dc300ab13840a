import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import send from 'send'
import { freePort } from './stack/free-port.ts'
import { Stack } from './stack/stack.ts'

/** Captions as a caption editor writes them: identifiers, speakers, entities, settings. */
const CAPTIONS = `\uFEFFWEBVTT

NOTE made by hand

1
00:00:00.500 --> 00:00:04.000 line:80%
<v Ann>Good morning at <b>Desert Spine</b> &amp; friends.

2
00:00:31.000 --> 00:00:34.000
This is the report.
`
const CHAPTERS = `WEBVTT

00:00:00.000 --> 00:00:30.000
Welcome

00:00:30.000 --> 00:01:12.000
The report
`

let folder: string
let elsewhere: Server
let film: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trackstat-film-'))
  await copyFile('media/sample.mp4', join(folder, 'our film.mp4'))
  await writeFile(join(folder, 'our film.vtt'), CAPTIONS)
  await writeFile(join(folder, 'our film.chapters.vtt'), CHAPTERS)
  // Another origin without CORS headers, like a plain file store.
  elsewhere = createServer((request, response) =>
    send(request, request.url ?? '', { root: folder }).pipe(response),
  )
  const port = await freePort()
  await new Promise<void>((done) => elsewhere.listen(port, '127.0.0.1', done))
  film = `http://127.0.0.1:${port}/our%20film.mp4`
})
test.afterAll(async () => {
  elsewhere.close()
  await rm(folder, { recursive: true })
})

test('the poster of the sample film is hidden beside the form', async ({ page }) => {
  await withFilm(film, async (stack) => {
    await page.goto(`${stack.url}/demo`)
    // React has taken over once it answers a mistyped address.
    await expect(async () => {
      await page.locator('[name="email"]').fill('jane@gmial.com')
      await page.locator('[name="email"]').blur()
      await expect(page.getByText('Did you mean')).toBeVisible({ timeout: 1000 })
    }).toPass()
    await expect(page.locator('main img')).toBeHidden()
  })
})

/** The service with this film, and the cookie of a visitor who filled out the form. */
async function withFilm(url: string, check: (stack: Stack, cookie: string) => Promise<void>) {
  const stack = await new Stack().start({ DEMO_VIDEO_URL: url, WORKER: 'off' })
  try {
    const fields = { name: 'Jane Roe', email: 'own-film@example.com', company: 'Desert Spine' }
    const { headers } = await stack.post('demo', fields)
    await check(stack, /^[^;]+/.exec(headers.get('set-cookie') ?? '')?.[0] ?? '')
  } finally {
    await stack.stop()
  }
}

for (const place of ['elsewhere', 'on this machine'] as const)
  test(`a custom film ${place} plays with its captions, chapters and transcript`, async ({ browser }) => {
    const url = place === 'elsewhere' ? film : pathToFileURL(join(folder, 'our film.mp4')).href
    await withFilm(url, async (stack, cookie) => {
      const context = await browser.newContext({ baseURL: stack.url })
      const [name = '', value = ''] = cookie.split('=')
      await context.addCookies([{ name, value, url: stack.url }])
      const page = await context.newPage()
      const faults: string[] = []
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
      await page.goto('/demo/watch')
      await expect(page.getByText('Five short scenes in a')).toHaveCount(0)
      const video = page.locator('video')
      await video.evaluate((element) => (element as HTMLVideoElement).play())
      await expect
        .poll(() => video.evaluate((element) => (element as HTMLVideoElement).currentTime))
        .toBeGreaterThan(1)
      const cues = await video.evaluate(
        (element) => (element as HTMLVideoElement).textTracks[0]?.cues?.length,
      )
      expect(cues).toBe(2)
      await page.getByRole('link', { name: /The report/ }).click()
      await expect
        .poll(() => video.evaluate((element) => (element as HTMLVideoElement).currentTime))
        .toBeGreaterThanOrEqual(30)
      await page.getByText('Transcript of the video').click()
      await expect(page.getByText('Good morning at Desert Spine & friends.')).toBeVisible()
      // Who has watched goes straight to the film.
      await context.clearCookies()
      await page.goto('/demo')
      await expect(page.getByRole('button', { name: /Watch the demo/ })).toBeVisible()
      expect(await (await fetch(`${stack.url}/demo`)).text()).not.toMatch(
        /<script type="application\/ld\+json">[^<]*VideoObject/,
      )
      expect(faults).toEqual([])
      await context.close()
    })
  })

test('a film on this machine needs the form, and supports ranges', async () => {
  await withFilm(pathToFileURL(join(folder, 'our film.mp4')).href, async (stack, cookie) => {
    const get = (path: string, headers: Record<string, string> = {}) => fetch(stack.url + path, { headers })
    for (const path of ['/demo/film.mp4', '/demo/captions.vtt']) {
      expect((await get(path)).status, path).toBe(403)
      expect((await get(path, { cookie })).status, path).toBe(200)
    }
    const part = await get('/demo/film.mp4', { cookie, range: 'bytes=4-7' })
    expect([part.status, await part.text()]).toEqual([206, 'ftyp'])
    expect(part.headers.get('content-type')).toBe('video/mp4')
    expect(await (await get('/demo/captions.vtt', { cookie })).text()).toContain('Good morning')
    expect((await readFile(join(folder, 'our film.mp4'))).byteLength).toBeGreaterThan(100_000)
  })
})

test('a film without tracks plays, and the page mentions none', async ({ browser }) => {
  await rm(join(folder, 'our film.vtt'))
  await rm(join(folder, 'our film.chapters.vtt'))
  await withFilm(film, async (stack, cookie) => {
    const context = await browser.newContext({ baseURL: stack.url, javaScriptEnabled: false })
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url: stack.url }])
    const page = await context.newPage()
    await page.goto('/demo/watch')
    await expect(page.locator('video source')).toHaveAttribute('src', film)
    await expect(page.locator('track')).toHaveCount(0)
    await expect(page.getByText('Transcript of the video')).toHaveCount(0)
    expect((await fetch(`${stack.url}/demo/captions.vtt`, { headers: { cookie } })).status).toBe(404)
    await context.close()
  })
})
