import type { Locator, Page } from '@playwright/test'
import { type FormName, fieldsOf, forms } from '#lib/forms/forms'
import { site } from '#lib/site'
import { unfold } from './stack/form-page.ts'
import { layoutShift } from './stack/layout-shift.ts'
import { expect, test } from './stack/test.ts'
import { usesTypeface } from './stack/typeface.ts'

const sizes = [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
]

/** Pixels that may differ on a whole page. A missing button differs by at least 5,000, a missing footer link by 500. */
const tolerance = { fullPage: true, maxDiffPixels: 100, animations: 'disabled', caret: 'hide' } as const

/** The purpose of each page: its form, and its links by their text. */
const controls: Record<string, { form?: FormName; links: string[] }> = {
  '/': {
    links: ['Watch the demo', 'Request a free trial', 'Contact us', 'Read the article'],
  },
  '/97014': { form: 'demo', links: [site.phone, 'Save to your contacts'] },
  '/demo': { form: 'demo', links: [] },
  '/trial': { form: 'trial', links: [] },
  '/contact': { form: 'inquiry', links: ['Call us', 'email us', site.phone] },
}
const paths = Object.keys(controls)

const nameOf = (path: string) => path.slice(1) || 'home'

/** Loads a page until its typeface is shown, because a slow first load may show the fallback typeface. */
async function open(page: Page, path: string): Promise<void> {
  await expect(async () => {
    await page.goto(path)
    expect(await usesTypeface(page)).toBe(true)
  }).toPass()
}

for (const size of sizes)
  test(`the pages match the approved screenshots, ${size.width} px wide`, async ({ page }) => {
    await page.setViewportSize(size)
    for (const path of paths) {
      await open(page, path)
      await expect(page).toHaveScreenshot(`${nameOf(path)}-${size.width}.png`, tolerance)
    }
    await page.emulateMedia({ colorScheme: 'dark' })
    for (const path of ['/', '/demo']) {
      await open(page, path)
      await expect(page).toHaveScreenshot(`${nameOf(path)}-${size.width}-dark.png`, tolerance)
    }
  })

test('one missing button or link is noticed, also far below the fold', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  for (const missing of ['main button[type="submit"]', 'footer a[href="/terms"]']) {
    await open(page, '/97014')
    await page
      .locator(missing)
      .evaluate((one) => (one as HTMLElement).style.setProperty('visibility', 'hidden'))
    await expect(page).not.toHaveScreenshot('97014-360.png', tolerance)
  }
})

for (const size of sizes)
  test(`each page’s controls are usable, ${size.width} px wide`, async ({ page }) => {
    await page.setViewportSize(size)
    for (const [path, { form, links }] of Object.entries(controls)) {
      await page.goto(path)
      const main = page.getByRole('main')
      for (const name of ['97014 guide', 'Demo', 'Free trial', 'Contact'])
        await expectUsable(page.getByRole('navigation').getByRole('link', { name, exact: true }).first())
      for (const name of links) await expectUsable(main.getByRole('link', { name }).first())
      for (const name of ['Contact', 'Privacy', 'Terms of the trial'])
        await expectUsable(page.getByRole('contentinfo').getByRole('link', { name, exact: true }))
      if (!form) continue
      await unfold(page)
      for (const { name } of fieldsOf(form)) await expectUsable(main.locator(`form [name="${name}"]`))
      await expectUsable(main.getByRole('button', { name: forms[form].submit, exact: true }))
    }
  })

/** A click would work: visible, enabled, not moving, and not covered. */
const expectUsable = (control: Locator) => control.click({ trial: true })

test('the typeface is one preloaded file under 60 KB, and is used', async ({ page }) => {
  for (const path of paths) {
    await page.goto(path)
    const preloads = page.locator('link[rel="preload"][as="font"]')
    await expect(preloads).toHaveCount(1)
    const file = await page.request.get((await preloads.getAttribute('href')) ?? '')
    expect((await file.body()).byteLength).toBeGreaterThan(10_000)
    expect((await file.body()).byteLength).toBeLessThan(60 * 1024)
    await page.goto(path)
    expect(await usesTypeface(page), path).toBe(true)
  }
})

test('no layout shift when the typeface loads late, at any width', async ({ page }) => {
  test.setTimeout(300_000)
  await page.route('**/*.woff2', async (route) => {
    const answer = await route.fetch()
    await new Promise((resolve) => setTimeout(resolve, 400))
    await route.fulfill({ response: answer })
  })
  for (const width of [320, 390, 768, 1280, 1440]) {
    await page.setViewportSize({ width, height: 800 })
    for (const path of paths) {
      await page.goto(path)
      expect(await layoutShift(page), `${path} ${width}`).toBe(0)
    }
  }
})

test('a layout shift is counted', async ({ page }) => {
  await page.goto('/terms')
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const late = document.createElement('p')
    late.style.height = '200px'
    document.querySelector('main')?.prepend(late)
  })
  expect(await layoutShift(page)).toBeGreaterThan(0.05)
})

test('a browser that reports no layout shifts fails the test', async ({ page }) => {
  await page.goto('/terms')
  await page.evaluate(`PerformanceObserver.prototype.observe = () => {}`)
  await expect(layoutShift(page)).rejects.toThrow(/was not reported/)
  await page.evaluate(`Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { value: [] })`)
  await expect(layoutShift(page)).rejects.toThrow(/does not report layout shifts/)
})

test('browsers and home screens find their icons', async ({ stack, request }) => {
  const manifest = await (await request.get(`${stack.url}/manifest.webmanifest`)).json()
  expect(manifest.name).toBe('TrackStat')
  const sources: string[] = manifest.icons.map(({ src }: { src: string }) => src)
  for (const src of [...sources, '/favicon.ico', '/apple-icon.png']) {
    const answer = await request.get(stack.url + src)
    expect(answer.status(), src).toBe(200)
    expect(answer.headers()['content-type'], src).toMatch(/^image\//)
  }
})
