import type { Page } from '@playwright/test'
import { typed } from './stack/form-page.ts'
import type { Stack } from './stack/stack.ts'
import { expect, test } from './stack/test.ts'

async function openFilm(page: Page, stack: Stack) {
  const { name, email, company } = typed()
  await page.request.post('/api/submissions/demo', { data: { name, email, company } })
  await page.goto(`${stack.url}/demo/watch`)
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) > 0)
}
const shown = (page: Page) =>
  page
    .locator('video')
    .evaluate(
      (video: HTMLVideoElement) => Array.from(video.textTracks).find(({ kind }) => kind === 'captions')?.mode,
    )
/** Sets the captions' mode, as the browser does by itself or for a person's click. */
const setMode = (page: Page, mode: TextTrackMode, byPerson: boolean) =>
  page.locator('video').evaluate(
    (video: HTMLVideoElement, { mode, byPerson }) => {
      const isActive = byPerson
      Object.defineProperty(navigator, 'userActivation', { value: { isActive }, configurable: true })
      for (const track of video.textTracks) if (track.kind === 'captions') track.mode = mode
    },
    { mode, byPerson },
  )

test('captions are shown, whatever the browser does, until the person turns them off', async ({
  page,
  stack,
}) => {
  await openFilm(page, stack)
  await expect.poll(() => shown(page)).toBe('showing')
  await setMode(page, 'disabled', false)
  await expect.poll(() => shown(page)).toBe('showing')
  await setMode(page, 'disabled', true)
  await expect.poll(() => page.evaluate(() => localStorage.getItem('trackstat-demo-captions'))).toBe('off')
  await page.reload()
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) > 0)
  expect(await shown(page)).toBe('disabled')
  await setMode(page, 'showing', true)
  await expect.poll(() => page.evaluate(() => localStorage.getItem('trackstat-demo-captions'))).toBe('on')
})

test('Space plays and pauses the film in view and never a link, a button or a page that shows none', async ({
  page,
  stack,
}) => {
  await openFilm(page, stack)
  const paused = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.paused)
  for (const focus of [
    () => page.locator('video').focus(),
    () => page.locator('main').focus(),
    async () => {},
  ]) {
    await focus()
    await page.keyboard.press('Space')
    await expect.poll(paused).toBe(false)
    await page.keyboard.press('Space')
    await expect.poll(paused).toBe(true)
  }
  await page.getByText('Transcript of the video').focus()
  await page.keyboard.press('Space')
  await expect(page.locator('details[open]')).toHaveCount(1)
  expect(await paused()).toBe(true)
  await page.locator('main').focus()
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight / 2, behavior: 'instant' }))
  const before = await page.evaluate(() => scrollY)
  await page.keyboard.press('Space')
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before)
  expect(await paused()).toBe(true)
})
