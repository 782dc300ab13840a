import type { Page } from '@playwright/test'
import { expect, test } from './stack/test.ts'

const weightOf = (page: Page, hash: string) =>
  page.locator(`.contents-list a[href="${hash}"]`).evaluate((one) => {
    const { fontWeight, color, borderLeftColor, boxShadow } = getComputedStyle(one)
    return [fontWeight, color, borderLeftColor, boxShadow].join()
  })

test('with reduced motion nothing is animated', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/97014')
  const moving = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('body *')]
      .map((one) => ({ one, style: getComputedStyle(one) }))
      .filter(
        ({ style }) =>
          style.scrollBehavior === 'smooth' ||
          [style.animationDuration, style.transitionDuration].some((all) =>
            all.split(', ').some((time) => Number.parseFloat(time) > 0.01),
          ),
      )
      .map(({ one }) => one.outerHTML.slice(0, 80)),
  )
  expect(moving).toEqual([])
})

test('the table of contents marks the current section', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/97014')
  for (const id of ['pain', 'patient']) {
    await page
      .locator(`h2#${id}`)
      .evaluate((one) => one.scrollIntoView({ block: 'start', behavior: 'instant' }))
    const link = page.locator(`.contents-list a[href="#${id}"]`)
    await expect(link).toBeInViewport()
    await expect.poll(() => weightOf(page, `#${id}`)).not.toBe(await weightOf(page, '#conclusion'))
  }
})

test('each reference is cited, each citation has a reference, and every figure in the evidence section is cited', async ({
  page,
}) => {
  await page.goto('/97014')
  const cited = await page.locator('.cite a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
  const listed = await page.locator('li[id^="ref-"]').evaluateAll((all) => all.map(({ id }) => `#${id}`))
  expect([...new Set(cited)].toSorted()).toEqual(listed.toSorted())
  const bare = await page
    .locator('section[aria-labelledby="pain"] p')
    .evaluateAll((all) =>
      all
        .filter((one) => /\d/.test(one.textContent.replace('97014', '')) && !one.querySelector('.cite'))
        .map((one) => one.textContent),
    )
  expect(bare).toEqual([])
})
