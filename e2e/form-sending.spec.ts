import { fill, forms, phone, pressAtTheBottom, stored, submit, typed } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'

test('a double click is one submission', async ({ page, stack }) => {
  const values = typed()
  await page.goto('/demo')
  await fill(page, values)
  await page.getByRole('button', { name: 'Watch the demo', exact: true }).dblclick()
  await page.waitForURL(forms[0].next)
  expect(await stored(stack, values.email)).toHaveLength(1)
})

test('after a dropped connection everything is kept and sent automatically, once', async ({
  page,
  stack,
}) => {
  const values = typed()
  await page.goto('/demo')
  await fill(page, values)
  let lost = 0
  await page.route('**/api/submissions/demo', async (route) => {
    lost++
    // The first response is lost after the server stored the form; the second request fails before it is sent.
    if (lost === 1) await route.fetch()
    if (lost <= 2) return route.abort('connectionreset')
    return route.continue()
  })
  await submit(page, forms[0])
  await expect(page.getByText('Nothing you typed is lost.')).toBeVisible()
  await expect(page.locator('[name="name"]')).toHaveValue(values.name)
  await page.waitForURL(forms[0].next, { timeout: 60_000 })
  expect(lost).toBe(3)
  expect(await stored(stack, values.email)).toHaveLength(1)
})

test('an answer that is changed while a request is under way is not sent in its earlier version again', async ({
  page,
  stack,
}) => {
  const values = typed()
  await page.goto('/demo')
  await fill(page, values)
  const { promise: edited, resolve: edit } = Promise.withResolvers<void>()
  await page.route('**/api/submissions/demo', async (route) => {
    await edited
    await route.abort('connectionreset')
  })
  const sent = page.waitForRequest('**/api/submissions/demo')
  await page.getByRole('button', { name: 'Watch the demo', exact: true }).click()
  await sent
  await page.locator('[name="name"]').fill('Joan Roe')
  edit()
  await expect(page.getByText('You changed an answer')).toBeVisible()
  await page.unroute('**/api/submissions/demo')
  await submit(page, forms[0])
  await page.waitForURL(forms[0].next)
  expect((await stored(stack, values.email)).map(({ fields }) => fields.name)).toEqual(['Joan Roe'])
})

test('offline: the page says so immediately and sends once when back online', async ({ page, stack }) => {
  const values = typed()
  await page.setViewportSize(phone)
  await page.goto('/contact')
  await fill(page, values)
  await page.context().setOffline(true)
  await pressAtTheBottom(page, forms[2])
  const notice = page.getByRole('status').filter({ hasText: 'You’re offline.' })
  await expect(notice).toContainText('We’ll send this as soon as you’re back.')
  await expect(notice).toBeInViewport({ ratio: 1 })
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(notice).toBeInViewport({ ratio: 1 })
  await page.context().setOffline(false)
  await page.waitForURL(forms[2].next)
  expect(await stored(stack, values.email)).toHaveLength(1)
})

test('a 503 is retried', async ({ page, stack }) => {
  const values = typed()
  await page.goto('/demo')
  await fill(page, values)
  let asked = 0
  await page.route('**/api/submissions/demo', (route) =>
    asked++
      ? route.continue()
      : route.fulfill({
          status: 503,
          headers: { 'Retry-After': '1' },
          contentType: 'application/problem+json',
          body: '{"status":503}',
        }),
  )
  await submit(page, forms[0])
  await page.waitForURL(forms[0].next, { timeout: 60_000 })
  expect(await stored(stack, values.email)).toHaveLength(1)
})

test('going back and sending again is the same submission', async ({ page, stack }) => {
  const values = typed()
  await page.goto('/97014')
  for (let time = 0; time < 2; time++) {
    await fill(page, values)
    await submit(page, forms[0])
    await page.waitForURL(forms[0].next)
    await page.goto('/97014')
  }
  expect(await stored(stack, values.email)).toHaveLength(1)
})
