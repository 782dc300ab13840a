import { fill, forms, stored, submit, typed } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'

/** The form in the article: nothing is loaded for readers, and everything once a field is touched. */

const [demo] = forms

test('no script is loaded until a field of the form is touched, also not by other focus', async ({
  page,
}) => {
  const loaded: string[] = []
  page.on('request', (request) => request.resourceType() === 'script' && loaded.push(request.url()))
  await page.goto('/97014')
  await page.locator('#demo').scrollIntoViewIfNeeded()
  await page.locator('.contents-list a').first().focus()
  await page.getByRole('link', { name: 'Privacy', exact: true }).first().focus()
  await page.waitForLoadState('networkidle')
  expect(loaded).toEqual([])
  // The listener, and the line that folds the optional fields.
  const inline = await page
    .locator('script:not([type="application/ld+json"])')
    .evaluateAll((all) => all.map((one) => one.outerHTML.length))
  expect(inline).toHaveLength(2)
  expect(Math.max(...inline)).toBeLessThan(300)
  await page.locator('[name="name"]').focus()
  await expect.poll(() => loaded.length).toBeGreaterThan(0)
})

test('from the first touch it has what the other forms have', async ({ page, stack }) => {
  const values = { ...typed(), email: `jane${Date.now()}@gmial.com` }
  await page.goto('/97014')
  const name = page.locator('[name="name"]')
  await name.focus()
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('main form') ?? {}).some((key) => key.startsWith('__reactProps')),
  )
  // The field is the same one, so that a phone's keyboard stays.
  await expect(name).toBeFocused()
  await fill(page, { ...values, email: 'jane' })
  await submit(page, demo)
  await expect(page.getByRole('region', { name: 'Please fix 1 answer' })).toBeFocused()
  await expect(page).toHaveURL(/\/97014$/)
  await page.locator('[name="email"]').fill(values.email)
  await page.locator('[name="email"]').blur()
  await expect(page.getByRole('button', { name: values.email.replace('gmial', 'gmail') })).toBeVisible()
  await page.context().setOffline(true)
  await submit(page, demo)
  await expect(page.getByText('You’re offline.')).toBeVisible()
  await expect(name).toHaveValue(values.name)
  await page.context().setOffline(false)
  await page.waitForURL(demo.next)
  expect(await stored(stack, values.email)).toHaveLength(1)
})

test('a field that is touched without a connection does not stop the form from working later', async ({
  page,
  stack,
}) => {
  const values = typed()
  await page.goto('/97014')
  await page.context().setOffline(true)
  await page.locator('[name="name"]').focus()
  await page.context().setOffline(false)
  await fill(page, values)
  await submit(page, demo)
  await page.waitForURL(demo.next)
  expect(await stored(stack, values.email)).toHaveLength(1)
})

test('the filled-in trial form has it, too', async ({ page, stack }) => {
  await page.goto('/demo')
  const values = typed()
  await fill(page, values)
  await submit(page, demo)
  await page.waitForURL(demo.next)
  await page.goto('/trial')
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('main form') ?? {}).some((key) => key.startsWith('__reactProps')),
  )
  await submit(page, forms[1])
  await expect(page.getByRole('region', { name: 'Please fix 1 answer' })).toBeFocused()
  await page.locator('[name="terms"]').check()
  await page.context().setOffline(true)
  await submit(page, forms[1])
  await expect(page.getByText('You’re offline.')).toBeVisible()
  await page.context().setOffline(false)
  await page.waitForURL(forms[1].next)
  expect(await stored(stack, values.email)).toHaveLength(2)
})
