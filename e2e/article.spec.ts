import { expect, test } from './stack/test.ts'

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
