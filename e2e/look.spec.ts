import type { Page } from '@playwright/test'
import { expect, test } from './stack/test.ts'

/** Too long for one picture, and mostly text: its first screen, then its drawings and its form. */
const ARTICLE = '/97014'
const paths = ['/', ARTICLE, '/demo', '/trial', '/contact']
const sizes = [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
]

/**
 * Less of a difference than the smallest button has: 44 x 100 px. How text is smoothed differs a
 * little from one Chromium to another, and stays below the threshold of a pixel.
 */
const tolerance = {
  maxDiffPixels: 1000,
  threshold: 0.3,
  animations: 'disabled',
  caret: 'hide',
} as const

const nameOf = (path: string) => path.slice(1) || 'home'

for (const size of sizes)
  test(`the pages look as they were approved, ${size.width} px wide`, async ({ page }) => {
    await page.setViewportSize(size)
    for (const path of paths) await compare(page, path, `${nameOf(path)}-${size.width}.png`)
    await page.emulateMedia({ colorScheme: 'dark' })
    for (const path of ['/', '/demo']) await compare(page, path, `${nameOf(path)}-${size.width}-dark.png`)
  })

async function compare(page: Page, path: string, baseline: string) {
  // Twice: on the first visit a slow machine may have to show the fallback of the typeface.
  await page.goto(path)
  await page.goto(path)
  await expect(page).toHaveScreenshot(baseline, { ...tolerance, fullPage: path !== ARTICLE })
  if (path !== ARTICLE) return
  for (const [at, part] of (await page.locator('main :is(figure, form)').all()).entries())
    await expect(part).toHaveScreenshot(baseline.replace('.png', `-part-${at + 1}.png`), tolerance)
}

test('the typeface is one preloaded file under 60 KB, and is used', async ({ page }) => {
  const session = await page.context().newCDPSession(page)
  await session.send('DOM.enable')
  await session.send('CSS.enable')
  for (const path of paths) {
    await page.goto(path)
    const preloads = page.locator('link[rel="preload"][as="font"]')
    await expect(preloads).toHaveCount(1)
    const file = await page.request.get((await preloads.getAttribute('href')) ?? '')
    expect((await file.body()).byteLength).toBeGreaterThan(10_000)
    expect((await file.body()).byteLength).toBeLessThan(60 * 1024)
    await page.goto(path)
    const { root } = await session.send('DOM.getDocument')
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'h1' })
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
    expect(
      fonts.map(({ isCustomFont }) => isCustomFont),
      path,
    ).toEqual([true])
  }
})

test('nothing moves when the typeface comes late, at any width', async ({ page }) => {
  test.setTimeout(300_000)
  await page.addInitScript(watchLayoutShift)
  await page.route('**/*.woff2', async (route) => {
    const answer = await route.fetch()
    await new Promise((resolve) => setTimeout(resolve, 400))
    await route.fulfill({ response: answer })
  })
  for (const width of [320, 390, 768, 1280, 1440]) {
    await page.setViewportSize({ width, height: 800 })
    for (const path of paths) {
      await page.goto(path)
      await page.evaluate(() => document.fonts.ready)
      expect(await layoutShift(page), `${path} ${width}`).toBe(0)
    }
    // The observer is not just silent.
    await page.evaluate(() => document.body.style.setProperty('padding-top', '200px'))
    await expect.poll(() => layoutShift(page)).toBeGreaterThan(0)
  }
})

type ShiftWindow = { layoutShift: () => number }

/** Adds up the page's layout shift from its start, as the Layout Instability API counts it. */
function watchLayoutShift(): void {
  let sum = 0
  const add = (entries: PerformanceEntryList) => {
    for (const entry of entries) sum += (entry as never as { value: number }).value
  }
  const observer = new PerformanceObserver((list) => add(list.getEntries()))
  observer.observe({ type: 'layout-shift', buffered: true })
  const layoutShift = () => {
    add(observer.takeRecords())
    return sum
  }
  Object.assign(window, { layoutShift } satisfies ShiftWindow)
}

/** Layout shift so far, once what has moved is painted. */
const layoutShift = (page: Page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
    return (window as never as ShiftWindow).layoutShift()
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
