import { randomUUID } from 'node:crypto'
import { unfold } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'

/** What react-hook-form must not change: the values in the page count, and errors are not shown while typing. */
const person = () => ({ name: 'Jane Roe', email: `${randomUUID()}@example.com`, company: 'Desert Spine' })

test('text typed before script loads is kept and sent', async ({ page, stack }) => {
  const values = person()
  const arrived = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js', async (route) => {
    await arrived.promise
    await route.continue()
  })
  await page.goto('/trial', { waitUntil: 'commit' })
  for (const [name, value] of Object.entries(values)) await page.locator(`[name="${name}"]`).fill(value)
  await unfold(page)
  await page.locator('[name="ehr"]').selectOption('Jane')
  await page.locator('[name="terms"]').check()
  arrived.resolve()
  // React has taken the form over once it answers a mistyped address.
  const email = page.locator('[name="email"]')
  await expect(async () => {
    await email.fill('jane@gmial.com')
    await email.blur()
    await expect(page.getByText('Did you mean')).toBeVisible({ timeout: 1000 })
  }).toPass()
  await email.fill(values.email)
  for (const [name, value] of Object.entries(values))
    await expect(page.locator(`[name="${name}"]`)).toHaveValue(value)
  await page.getByRole('button', { name: 'Request my free trial' }).click()
  await page.waitForURL(/\/trial\/check-email$/)
  const rows = await stack.query(
    'select fields from submissions s join leads l on l.id = s.lead_id where l.email = $1',
    [values.email],
  )
  expect(rows).toEqual([{ fields: { ...values, ehr: 'Jane', terms: true, texts: false } }])
})

test('values that a password manager fills in without an event are sent', async ({ page, stack }) => {
  const values = person()
  await page.goto('/demo')
  // The focus shows that script has loaded.
  await page.locator('[name="email"]').fill('jane@gmial.com')
  await page.locator('[name="email"]').blur()
  await expect(page.getByText('Did you mean')).toBeVisible()
  await page.evaluate((filled) => {
    for (const [name, value] of Object.entries(filled))
      (document.querySelector(`[name="${name}"]`) as HTMLInputElement).value = value
  }, values)
  await page.getByRole('button', { name: 'Watch the demo', exact: true }).click()
  await page.waitForURL(/\/demo\/watch$/)
  expect(await stack.query('select 1 from leads where email = $1', [values.email])).toHaveLength(1)
})

test('after a failed submit an error disappears when corrected; other fields are not checked', async ({
  page,
}) => {
  await page.goto('/demo')
  const field = (name: string) => page.locator(`[name="${name}"]`)
  await field('email').fill('jane@example.com')
  await page.getByRole('button', { name: 'Watch the demo', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Please fix 2 answers' })).toBeFocused()
  await expect(field('name')).toHaveAttribute('aria-invalid', 'true')
  await field('name').pressSequentially('J')
  await expect(field('name')).not.toHaveAttribute('aria-invalid')
  // An address that is still being typed gets no error.
  await field('email').fill('jane@')
  await field('company').fill('Desert Spine')
  await expect(field('company')).not.toHaveAttribute('aria-invalid')
  await expect(field('email')).not.toHaveAttribute('aria-invalid')
  await page.getByRole('button', { name: 'Watch the demo', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Please fix 1 answer' })).toBeFocused()
  await expect(field('email')).toHaveAttribute('aria-invalid', 'true')
})

test('a server error is shown at its field, and disappears when the field is changed', async ({ page }) => {
  await page.route('**/api/submissions/demo', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      body: JSON.stringify({ errors: { company: ['Not this one.', 'Nor that.'] } }),
    }),
  )
  await page.goto('/demo')
  const values = person()
  for (const [name, value] of Object.entries(values)) await page.locator(`[name="${name}"]`).fill(value)
  await page.getByRole('button', { name: 'Watch the demo', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Please fix 2 answers' })).toBeFocused()
  const company = page.locator('[name="company"]')
  await expect(company).toHaveAccessibleDescription(/Not this one\..*Nor that\./)
  await company.pressSequentially(' Clinic')
  await expect(company).not.toHaveAttribute('aria-invalid')
})
