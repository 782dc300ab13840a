import { outcomes } from '#lib/billing/which-code'
import { expect, test } from './stack/test.ts'
import { typefaceLoaded } from './stack/typeface.ts'

test('print: no menu, form or decision guide, and references with their URLs', async ({ page }) => {
  await page.goto('/97014')
  await page.emulateMedia({ media: 'print' })
  for (const gone of ['nav', 'form', '.choice', 'text=Skip to content'])
    for (const one of await page.locator(gone).all()) await expect(one).toBeHidden()
  await expect(page.locator('#ref-1')).toBeVisible()
  await expect(page.getByText('Save to your contacts')).toBeHidden()
  await expect(page.getByText(/^Copyright © .* All rights reserved/).filter({ visible: true })).toHaveCount(1)
  const links = page.locator('main ol a[href^="http"]')
  expect(await links.count()).toBeGreaterThan(15)
  for (const link of await links.all()) {
    const printed = await link.evaluate((one) => getComputedStyle(one, '::after').content)
    expect(printed).toContain(await link.getAttribute('href'))
  }
  expect((await page.pdf()).byteLength).toBeGreaterThan(50_000)
})

test('no horizontal scrolling at 320 px, at 200 % zoom and with double text size', async ({ page }) => {
  await page.goto('/97014')
  await typefaceLoaded(page)
  for (const [width, text] of [
    [320, 100],
    [640, 100],
    [600, 200],
  ] as const) {
    await page.setViewportSize({ width, height: 720 })
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', `${size}%`), text)
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      `${width} ${text}`,
    ).toBeLessThanOrEqual(0)
    expect(await page.evaluate(findLockedScrollers), `${width} ${text}`).toEqual([])
  }
})

/** Runs in the page: an element with its own horizontal scrolling must be reachable by keyboard. */
function findLockedScrollers(): string[] {
  return [...document.querySelectorAll<HTMLElement>('main *')]
    .filter(
      (one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1,
    )
    .filter((one) => one.tabIndex < 0)
    .map((one) => one.outerHTML.slice(0, 80))
}

for (const width of [360, 768, 1440])
  test(`citation numbers do not wrap away from their words, ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto('/97014')
    await typefaceLoaded(page)
    const torn = await page.locator('.cite:visible').evaluateAll((all) =>
      all
        .filter((cite) => {
          const tops = [...cite.querySelectorAll('a')].map((one) => one.getBoundingClientRect().top)
          const word = document.createRange()
          const text = cite.previousSibling
          if (text?.nodeType === Node.TEXT_NODE) {
            word.setStart(text, (text.textContent?.length ?? 1) - 1)
            word.setEnd(text, text.textContent?.length ?? 1)
          }
          const begins = (cite.querySelector('a')?.getBoundingClientRect().left ?? 0) + 8
          return Math.max(...tops) - Math.min(...tops) > 4 || begins < word.getBoundingClientRect().right
        })
        .map((cite) => cite.parentElement?.textContent),
    )
    expect(torn).toEqual([])
  })

test('text in drawings is at least 13 px on a phone', async ({ page }) => {
  for (const width of [360, 430, 460]) {
    await page.setViewportSize({ width, height: 800 })
    await page.goto('/97014')
    const sizes = await page
      .locator('figure svg text')
      .evaluateAll((all) =>
        (all as SVGTextElement[]).map(
          (one) => Number.parseFloat(getComputedStyle(one).fontSize) * (one.getScreenCTM()?.a ?? 0),
        ),
      )
    expect(sizes.length).toBeGreaterThan(10)
    expect(Math.min(...sizes), String(width)).toBeGreaterThanOrEqual(13)
  }
})

test('with forced colors, answers and cards keep a border, and drawings their lines', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('/97014')
  const answer = page.locator('.choice-answer').first()
  expect(
    await answer.evaluate((one) => Number.parseFloat(getComputedStyle(one).borderTopWidth)),
  ).toBeGreaterThanOrEqual(1)
  const edges = await page
    .locator('main .rounded-card:visible')
    .evaluateAll((all) => all.map((one) => Number.parseFloat(getComputedStyle(one).borderTopWidth)))
  expect(edges.length).toBeGreaterThan(3)
  expect(Math.min(...edges)).toBeGreaterThanOrEqual(1)
  const drawn = await page
    .locator('.figure svg [class*="stroke-"]')
    .evaluateAll((all) =>
      all.map((one) => getComputedStyle(one).stroke === getComputedStyle(document.body).backgroundColor),
    )
  expect(drawn.length).toBeGreaterThan(5)
  expect(drawn).not.toContain(true)
})

test('without CSS it reads from top to bottom: landmarks, heading levels in order, every answer', async ({
  page,
}) => {
  await page.goto('/97014')
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('style, link[rel="stylesheet"]')) one.remove()
  })
  const tree = await page.locator('body').ariaSnapshot()
  const order = ['banner', 'main', 'contentinfo'].map((landmark) =>
    tree.search(new RegExp(`^ *- ${landmark}`, 'm')),
  )
  expect(order.every((at, i) => at >= 0 && at > (order[i - 1] ?? -1))).toBe(true)
  const levels = [...tree.matchAll(/heading ".*" \[level=(\d)\]/g)].map(([, level]) => Number(level))
  expect(levels.filter((level) => level === 1)).toEqual([1])
  // The first heading is the page title; the table of contents is beside it, not above it.
  expect(levels[0]).toBe(1)
  expect(levels.filter((level, i) => i > 0 && level > (levels[i - 1] ?? 0) + 1)).toEqual([])
  for (const { code } of Object.values(outcomes)) expect(tree).toContain(code)
})

test('without CSS no drawing is wider than the text column', async ({ page }) => {
  for (const path of ['/', '/97014', '/trial', '/demo']) {
    await page.goto(path)
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('style, link[rel="stylesheet"]')) one.remove()
    })
    const widths = await page
      .locator('svg')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width))
    expect(widths.length, path).toBeGreaterThan(1)
    expect(Math.max(...widths), path).toBeLessThanOrEqual(560)
  }
})
