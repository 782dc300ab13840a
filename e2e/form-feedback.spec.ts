import { fill, forms, phone, pressAtTheBottom, submit, typed } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'
import { typefaceLoaded } from './stack/typeface.ts'

test('on a phone the result scrolls into view and the focus stays', async ({ page }) => {
  await page.setViewportSize(phone)
  await page.route('**/api/submissions/inquiry', (route) => route.abort('connectionreset'))
  await page.goto('/contact')
  await fill(page, typed())
  await pressAtTheBottom(page, forms[2])
  const notice = page.getByRole('status').filter({ hasText: 'We couldn’t reach the server.' })
  await expect(notice).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('button', { name: 'Send message', exact: true })).toBeFocused()
  // The notice must not scroll the focused field out of view.
  await page.locator('[name="name"]').fill('Jane Roe')
  await expect(page.getByText('Not sent yet')).toBeVisible()
  await expect(page.locator('[name="name"]')).toBeInViewport({ ratio: 1 })
  await pressAtTheBottom(page, forms[2])
  await expect(notice).toBeInViewport({ ratio: 1 })
  await page.locator('[name="message"]').press('End')
  await page.keyboard.type('!')
  await expect(page.getByText('You changed an answer')).toBeVisible()
  await expect(page.locator('[name="message"]')).toBeInViewport()
})

test('a slow response: after a few seconds the page says that it is still sending', async ({ page }) => {
  await page.setViewportSize(phone)
  await page.goto('/contact')
  await fill(page, typed())
  const answered = Promise.withResolvers<void>()
  await page.route('**/api/submissions/inquiry', async (route) => {
    await answered.promise
    await route.continue()
  })
  await pressAtTheBottom(page, forms[2])
  const slow = page.getByRole('status').filter({ hasText: 'Still sending. Keep this page open.' })
  await expect(slow).toBeInViewport({ ratio: 1 })
  answered.resolve()
  await page.waitForURL(forms[2].next)
})

test('the error summary follows the page order, whatever the server’s order', async ({ page }) => {
  const errors = { message: ['Third'], email: ['Second'], name: ['First'], form: ['Of the whole'] }
  await page.route('**/api/submissions/inquiry', (route) =>
    route.fulfill({ status: 400, contentType: 'application/problem+json', body: JSON.stringify({ errors }) }),
  )
  await page.goto('/contact')
  await fill(page, typed())
  await submit(page, forms[2])
  const items = page.getByRole('region', { name: 'Please fix 4 answers' }).getByRole('listitem')
  await expect(items).toHaveText(['Of the whole', 'First', 'Second', 'Third'])
})

for (const width of [320, 1440])
  test(`an address suggestion replaces the hint without layout shift, ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    for (const { path } of forms) {
      await page.goto(path)
      await typefaceLoaded(page)
      const heights = () =>
        page
          .locator('form[action^="/api/submissions/"] :is(input, select, textarea, button[type="submit"])')
          .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top + scrollY))
      const email = page.locator('[name="email"]')
      const before = await heights()
      await email.fill('front.desk.of.the.practice.in.la.quinta@gmial.com')
      await email.blur()
      const better = 'front.desk.of.the.practice.in.la.quinta@gmail.com'
      const suggestion = page.getByRole('button', { name: better })
      await expect(suggestion).toBeVisible()
      await expect(page.getByText('We’ll reply to this address.')).toHaveCount(0)
      await expect(email).toHaveAccessibleDescription(new RegExp(`^Did you mean ${better} ?\\?$`))
      expect(await heights()).toEqual(before)
      await suggestion.click()
      await expect(email).toHaveValue(better)
      await expect(page.getByText('We’ll reply to this address.')).toBeVisible()
      expect(await heights()).toEqual(before)
    }
  })
