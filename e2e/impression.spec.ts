import type { Page } from '@playwright/test'
import { publicPaths } from './stack/all-pages.ts'
import { forms, submit, unfold } from './stack/form-page.ts'
import { layoutShift } from './stack/layout-shift.ts'
import { expect, test } from './stack/test.ts'
import { askForTrial, freshAddress } from './stack/trial-visitor.ts'
import { usesTypeface } from './stack/typeface.ts'

/** Whether the typeface paints the middle of a zero, as a slash does. */
const zeroHasSlash = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 200
    const drawing = canvas.getContext('2d')
    if (!drawing) throw new Error('no canvas')
    drawing.font = `200px ${getComputedStyle(document.body).fontFamily}`
    const { width } = drawing.measureText('0')
    drawing.fillText('0', 0, 170)
    // Half of a capital's height above the baseline.
    return (drawing.getImageData(width / 2, 170 - 67, 1, 1).data[3] ?? 0) > 0
  })

const numerals = (page: Page, place: string) =>
  page
    .locator(place)
    .first()
    .evaluate((one) => getComputedStyle(one).fontVariantNumeric)

test('a zero is plain in text and headings, and slashed in references, codes and tables of codes', async ({
  page,
}) => {
  // A slow first load keeps the fallback.
  await expect(async () => {
    await page.goto('/97014')
    expect(await usesTypeface(page)).toBe(true)
  }).toPass()
  expect(await zeroHasSlash(page)).toBe(false)
  for (const place of ['h1', 'header a', 'main p', 'address a', '#bill-97014 h3'])
    expect(await numerals(page, place), place).toBe('normal')
  expect(await numerals(page, 'tbody th')).toContain('slashed-zero')
  const zero = async (variant: string) => {
    await page.evaluate((value) => {
      const zero = document.createElement('b')
      zero.id = 'zero'
      zero.textContent = '0'
      zero.style.fontSize = '80px'
      zero.style.fontVariantNumeric = value
      document.body.replaceChildren(zero)
    }, variant)
    return page.locator('#zero').screenshot()
  }
  expect((await zero('slashed-zero')).equals(await zero('normal'))).toBe(false)
  await askForTrial(page, freshAddress())
  for (const place of ['p:text("TS-")', '#code']) {
    expect(await numerals(page, place), place).toContain('slashed-zero')
    const family = (one: Element) => getComputedStyle(one).fontFamily
    expect(await page.locator(place).evaluate(family)).toBe(await page.locator('body').evaluate(family))
  }
})

test('the header leads with the product, and the trial is a button', async ({ page }) => {
  await page.goto('/')
  await expect(page.locator('header nav li')).toHaveText(['Demo', 'Contact', '97014 guide'])
  const trial = page.locator('header').getByRole('link', { name: 'Free trial' })
  const color = await trial.evaluate((one) => getComputedStyle(one).backgroundColor)
  expect(color).not.toBe('rgba(0, 0, 0, 0)')
})

test('the home page shows the five screens, beside its features on a wide page', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/')
  await expect(page.locator('main figure')).toHaveCount(5)
  const sides = await page.locator('main section section').evaluateAll((all) =>
    all.map((group) => {
      const [words, screen] = [...group.children].map((one) => one.getBoundingClientRect())
      return (words?.left ?? 0) < (screen?.left ?? 0) ? 'right' : 'left'
    }),
  )
  expect(sides).toEqual(['right', 'left', 'right', 'left'])
})

for (const { path } of [forms[0], forms[1]]) {
  test(`${path} asks for name, address, and practice first and folds the rest, without a shift`, async ({
    page,
  }) => {
    await page.goto(path)
    const shown = await page
      .locator('main form [name]:visible:not([name="website"])')
      .evaluateAll((all) => all.map((one) => one.getAttribute('name')))
    expect(shown.slice(0, 3)).toEqual(['name', 'email', 'company'])
    expect(shown.slice(3)).toEqual(path === '/trial' ? ['terms'] : [])
    expect(await layoutShift(page)).toBe(0)
    await unfold(page)
    for (const name of ['phone', 'role', 'ehr', 'texts'])
      await expect(page.locator(`[name="${name}"]`)).toBeVisible()
  })

  test(`${path} opens for a wrong answer that is folded`, async ({ page }) => {
    await page.goto(path)
    await unfold(page)
    await page.locator('[name="phone"]').fill('call me')
    await page.getByText('Add details').click()
    await expect(page.locator('[name="phone"]')).toBeHidden()
    await submit(page, path === '/demo' ? forms[0] : forms[1])
    await page
      .getByRole('region', { name: /Please fix/ })
      .getByRole('link', { name: /phone/i })
      .click()
    await expect(page.locator('[name="phone"]')).toBeFocused()
  })

  test(`${path} shows an answer that was typed before script`, async ({ page }) => {
    const arrived = Promise.withResolvers<void>()
    await page.route('**/_next/static/**/*.js', async (route) => {
      await arrived.promise
      await route.continue()
    })
    await page.goto(path, { waitUntil: 'commit' })
    await expect(page.locator('details')).not.toHaveAttribute('open')
    await page.getByText('Add details').click()
    await page.locator('[name="role"]').fill('Office manager')
    await page.getByText('Add details').click()
    arrived.resolve()
    await expect(page.locator('[name="role"]')).toBeVisible()
    await expect(page.locator('[name="role"]')).toHaveValue('Office manager')
  })
}

test('an error of the server at a folded field that is empty opens it', async ({ page }) => {
  await page.route('**/api/submissions/demo', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      body: JSON.stringify({ errors: { role: ['Enter your role.'] } }),
    }),
  )
  await page.goto('/demo')
  for (const name of ['name', 'company']) await page.locator(`[name="${name}"]`).fill('Jane')
  await page.locator('[name="email"]').fill('jane@example.com')
  await submit(page, forms[0])
  await expect(page.locator('[name="role"]')).toBeVisible()
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })
  test('nothing is folded in a form', async ({ page }) => {
    for (const path of ['/demo', '/trial', '/97014']) {
      await page.goto(path)
      for (const name of ['phone', 'role', 'ehr', 'texts'])
        await expect(page.locator(`[name="${name}"]`)).toBeVisible()
    }
  })

  test('after a trial request the code comes first, and the rest opens by its heading', async ({ page }) => {
    await askForTrial(page, freshAddress())
    const code = page.locator('#code')
    const { width = 0, height = 0 } = (await code.boundingBox()) ?? {}
    expect(height).toBeGreaterThan(48)
    expect(width).toBeLessThan(260)
    await code.fill('WWWWWW')
    expect(await code.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0)
    const again = page.getByRole('button', { name: 'Send the email again' })
    await expect(again).toBeHidden()
    await page.getByRole('heading', { name: 'Didn’t get the email?' }).click()
    await expect(again).toBeVisible()
  })
})

test('"Talk to a person" stands on the home page, on contact, and where something went wrong', async ({
  page,
}) => {
  const card = page.getByRole('heading', { name: 'Talk to a person' })
  for (const path of [...publicPaths, '/no-such-page', '/trial/confirm?token=x']) {
    await page.goto(path)
    const wanted = ['/', '/contact', '/no-such-page', '/trial/confirm?token=x'].includes(path)
    await expect(card, path).toHaveCount(wanted ? 1 : 0)
  }
})

test('the legal pages are written for readers, and the article says how it was made', async ({ page }) => {
  for (const path of ['/privacy', '/terms']) {
    await page.goto(path)
    await expect(page.getByRole('main')).not.toContainText(/sample text|counsel/i)
  }
  await page.goto('/97014')
  await expect(page.locator('main header')).toContainText('Written by TrackStat from the public sources')
})

test('a series has a comma before its last part, on every public page', async ({ page }) => {
  const series = /[\w’-]+, [\w’-]+ (?:and|or) [\w’-]+/g
  for (const path of publicPaths) {
    await page.goto(path)
    const words =
      (await page.locator('p, li, dt, dd, td, th, label').allTextContents()).join('\n').match(series) ?? []
    // Two clauses, not a series.
    expect(words.filter((found) => !/call or email|text or email|you and we/.test(found))).toEqual([])
  }
})
