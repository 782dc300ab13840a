import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { Stack } from './stack/stack.ts'
import { askForTrial, freshAddress, linkIn, sentTo } from './stack/trial-visitor.ts'

/** The page that waits for the product: it is not reloaded, and needs no script. */
const stack = new Stack()
let ready = false
const receiver = createServer((request, response) => {
  request.resume().on('end', () => {
    if (!ready) return response.writeHead(503).end()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ login_url: 'https://app.example/sign-in' }))
  })
})

test.beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  await stack.start({
    WEBHOOK_URL: `http://127.0.0.1:${port}/`,
    WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'k').toString('base64')}`,
    WEBHOOK_ALLOW: '127.0.0.1',
  })
  await expect
    .poll(() => stack.query('select from webhook_endpoint where url_hash is not null'))
    .toHaveLength(1)
})
test.afterAll(async () => {
  await stack.stop()
  receiver.closeAllConnections()
  receiver.close()
})

async function start(page: Page) {
  ready = false
  const email = freshAddress()
  await askForTrial(page, email, stack.url)
  await page.goto(linkIn(await stack.sink.waitFor(sentTo(email))))
  await page.getByRole('button', { name: 'Start my trial' }).click()
  await page.waitForURL(/\/trial\/started$/)
  await expect(page.getByText('Your account is being prepared.')).toBeVisible()
}
const signIn = (page: Page) => page.getByRole('link', { name: 'Sign in to TrackStat' })

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('the page shows the account once it is ready', async ({ page }) => {
      await start(page)
      let loads = 0
      page.on('load', () => loads++)
      await page.getByRole('link', { name: 'Check again' }).focus()
      // The second attempt is 5 s after the first.
      ready = true
      if (javaScriptEnabled) {
        await expect(page.getByRole('status').filter({ has: signIn(page) })).toBeVisible({ timeout: 60_000 })
        expect(loads).toBe(0)
      } else
        await expect(async () => {
          await page.getByRole('link', { name: 'Check again' }).click()
          await expect(signIn(page)).toBeVisible({ timeout: 500 })
        }).toPass({ timeout: 60_000 })
      await expect(signIn(page)).toHaveAttribute('href', 'https://app.example/sign-in')
    })

    test('the steps of the trial are an ordered list with dates, also at 320 px', async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 800 })
      await start(page)
      const path = page.getByRole('region', { name: 'Your trial, step by step' })
      await expect(path.getByRole('listitem')).toHaveCount(5)
      await expect(path.locator('[aria-current="step"]')).toContainText('You are here')
      await expect(path.locator('[aria-current="step"] time')).toHaveAttribute('datetime', /Z$/)
      await expect(path.locator('svg:not([aria-hidden="true"])')).toHaveCount(0)
      if (!javaScriptEnabled) return
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
      }
    })
  })
