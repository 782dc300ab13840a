import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './stack/test.ts'

const fields = (email: string) => ({ name: 'Jane Roe', email, company: 'Desert Spine' })

async function signUp(page: Page, email: string): Promise<void> {
  await page.goto('/demo')
  const { name, company } = fields(email)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel(/email address/i).fill(email)
  await page
    .getByLabel(/practice/i)
    .first()
    .fill(company)
  await page
    .getByRole('button', { name: /watch|demo/i })
    .last()
    .click()
  await page.waitForURL(/\/demo\/watch$/)
}

/** Plays some seconds from a position, at the fastest speed that a person can choose. */
async function play(page: Page, from: number, seconds: number, rate = 2): Promise<void> {
  await page.locator('video').evaluate(
    async (element, { from, seconds, rate }) => {
      const video = element as HTMLVideoElement
      video.muted = true
      video.playbackRate = rate
      video.currentTime = from
      await new Promise((done) => video.addEventListener('seeked', done, { once: true }))
      await video.play()
      while (!video.ended && video.currentTime < from + seconds)
        await new Promise((done) => setTimeout(done, 50))
      video.pause()
    },
    { from, seconds, rate },
  )
}

const percents = (email: string) =>
  `select (e.data->>'percent')::int as percent from events e join leads l on l.id = e.lead_id
   where l.email = '${email}' and e.kind = 'demo-watched' order by e.id`

test('a real video plays, the played seconds are recorded, the next visit resumes, and support is notified', async ({
  page,
  stack,
}) => {
  const email = 'plays@example.com'
  await signUp(page, email)
  const report = page.waitForRequest('**/api/demo/progress')
  await play(page, 0, 20)
  await report
  await expect.poll(async () => (await stack.query(percents(email))).map((row) => row.percent)).toEqual([25])
  // Skips to the end: the position is 100 %, but less than half was played.
  await play(page, 65, 7)
  await expect(page.getByText('That’s the demo.')).toBeVisible()
  expect((await stack.query(percents(email))).map((row) => row.percent)).toEqual([25])
  await play(page, 30, 3)
  await page.reload()
  await expect
    .poll(() => page.locator('video').evaluate((video) => (video as HTMLVideoElement).currentTime))
    .toBeGreaterThan(30)
  expect(await page.locator('video').evaluate((video) => (video as HTMLVideoElement).paused)).toBe(true)
  await page.getByRole('link', { name: /The patient replies/ }).click()
  await expect
    .poll(() => page.locator('video').evaluate((video) => (video as HTMLVideoElement).currentTime))
    .toBeGreaterThan(42)
  const shown = await page
    .locator('video')
    .evaluate((video) =>
      Array.from((video as HTMLVideoElement).textTracks, ({ kind, mode }) => `${kind} ${mode}`),
    )
  expect(shown[0]).toBe('captions showing')
  await page.getByRole('main').getByRole('link', { name: 'Request a free trial' }).last().click()
  await expect(page.getByLabel(/email address/i)).toHaveValue(email)
  await page.getByLabel(/terms/i).check()
  await page.getByRole('button', { name: 'Request my free trial', exact: true }).click()
  await page.waitForURL(/check-email/)
  const { mail } = await stack.sink.waitFor(
    ({ mail }) => mail.text?.includes('Watched 25% of the demo') ?? false,
  )
  expect(mail.text).toContain('plays@example.com')
})

test('with Do Not Track or Global Privacy Control nothing is sent, and the film still resumes', async ({
  browser,
  stack,
}) => {
  const context = await browser.newContext({ baseURL: stack.url })
  await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  const page = await context.newPage()
  let sent = 0
  page.on('request', (request) => request.url().includes('/api/demo') && sent++)
  await signUp(page, 'private@example.com')
  await play(page, 10, 4)
  await page.reload()
  await expect
    .poll(() => page.locator('video').evaluate((video) => (video as HTMLVideoElement).currentTime))
    .toBeGreaterThan(10)
  expect(sent).toBe(0)
  await context.close()
})

test('the link in the mail opens the demo on another device, without personal data', async ({
  page,
  stack,
}) => {
  await stack.post('demo', { ...fields('device@example.com'), name: 'Zebulon Quill' })
  const { mail } = await stack.sink.waitFor(
    ({ mail }) =>
      (mail.text?.includes('/demo/watch?pass=') && JSON.stringify(mail.to).includes('device@')) ?? false,
  )
  const link = /http\S+\/demo\/watch\?pass=[^\s)>\]]+/.exec(mail.text ?? '')?.[0] ?? ''
  const answer = await page.goto(link)
  expect(await answer?.text()).not.toMatch(/Zebulon|device@|Desert Spine/)
  await play(page, 0, 4)
  await expect
    .poll(() =>
      stack.query(
        `select from demo_views v join leads l on l.id = v.lead_id where l.email = 'device@example.com'`,
      ),
    )
    .toHaveLength(1)
  const { violations } = await new AxeBuilder({ page }).exclude('video').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
})

test('without script or video the demo can be read', async ({ browser, stack }) => {
  const submitted = await stack.post('demo', fields('no-script@example.com'))
  const [, name = '', value = ''] = /^([^=]+)=([^;]+)/.exec(submitted.headers.get('set-cookie') ?? '') ?? []
  const plain = await browser.newContext({ baseURL: stack.url, javaScriptEnabled: false })
  await plain.addCookies([{ name, value, url: stack.url }])
  const page = await plain.newPage()
  await page.goto('/demo/watch')
  await page.getByText('Transcript of the video').click()
  await expect(
    page.getByText('no visit. Patient 1112 hasn’t been in for two weeks. That’s the call'),
  ).toBeVisible()
  expect(await page.locator('video').getAttribute('controls')).not.toBeNull()
  await plain.close()
  const broken = await browser.newContext({ baseURL: stack.url })
  await broken.addCookies([{ name, value, url: stack.url }])
  const other = await broken.newPage()
  await other.route('**/demo/sample.*', (route) => route.abort())
  await other.goto('/demo/watch')
  await expect(other.getByText('This video won’t play here.')).toBeVisible()
  await expect(other.getByRole('link', { name: 'Download the video' })).toBeVisible()
  await broken.close()
})
