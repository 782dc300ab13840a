import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Stack } from './stack/stack.ts'
import { expect, test } from './stack/test.ts'

const forms = [
  {
    form: 'demo',
    path: '/demo',
    submit: 'Watch the demo',
    next: /\/demo\/watch$/,
    needed: ['name', 'email', 'company'],
  },
  {
    form: 'trial',
    path: '/trial',
    submit: 'Request my free trial',
    next: /\/trial\/check-email$/,
    needed: ['name', 'email', 'company', 'terms'],
  },
  {
    form: 'inquiry',
    path: '/contact',
    submit: 'Send message',
    next: /\/contact\/sent$/,
    needed: ['name', 'email', 'message'],
  },
] as const
type Form = (typeof forms)[number]

const typed = () => ({
  name: 'Jane O’Roe',
  email: `${randomUUID()}@example.com`,
  company: 'Desert Spine',
  phone: '760.334.5013 x7',
  message: 'Two lines\nof text',
})

async function fill(page: Page, values: Record<string, string>) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`form[action^="/api/submissions/"] [name="${name}"]`)
    if (await field.count()) await field.fill(value)
  }
  const terms = page.locator('[name="terms"]')
  if (await terms.count()) await terms.check()
}
const submit = (page: Page, { submit: name }: Form) => page.getByRole('button', { name, exact: true }).click()
const stored = (stack: Stack, email: string) =>
  stack.query<{ reference: string; phone_e164: string; fields: Record<string, unknown>; form: string }>(
    'select reference, form, fields, phone_e164 from submissions s join leads l on l.id = s.lead_id where l.email = $1',
    [email],
  )

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled })

    for (const form of forms) {
      test(`${form.form}: filled out, stored, and on to the next page`, async ({ page, stack }) => {
        const values = typed()
        await page.goto(form.path)
        await fill(page, values)
        await submit(page, form)
        await page.waitForURL(form.next)
        const rows = await stored(stack, values.email)
        expect(rows).toHaveLength(1)
        expect(rows[0]).toMatchObject({
          form: form.form,
          phone_e164: '+17603345013',
          fields: { name: values.name, phone: values.phone },
        })
        await expect(page.getByText(rows[0]?.reference ?? '?').first()).toBeVisible()
      })

      test(`${form.form}: sent empty, every error stands by its field and in a summary with the focus`, async ({
        page,
      }) => {
        await page.goto(form.path)
        await page.locator('[name="phone"]').fill('call me')
        await submit(page, form)
        const summary = page.getByRole('region', { name: /Please fix/ })
        await expect(summary).toBeFocused()
        await expect(page).toHaveTitle(/^Error: /)
        for (const name of [...form.needed, 'phone']) {
          const field = page.locator(`[name="${name}"]`)
          await expect(field).toHaveAttribute('aria-invalid', 'true')
          const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? []
          expect(ids.length).toBeGreaterThan(0)
          for (const id of ids) await expect(page.locator(`[id="${id}"]`)).toHaveCount(1)
        }
        await expect(page.locator('[name="phone"]')).toHaveValue('call me')
        await summary.getByRole('link').first().click()
        await expect(page.locator(`[name="${form.needed[0]}"]`)).toBeFocused()
      })

      test(`${form.form}: wrong, corrected, sent; nothing has to be typed again`, async ({ page, stack }) => {
        const values = typed()
        await page.goto(form.path)
        await fill(page, { ...values, email: 'jane' })
        await submit(page, form)
        await expect(page.getByRole('region', { name: /Please fix/ })).toBeFocused()
        await page.locator('[name="email"]').fill(values.email)
        await submit(page, form)
        await page.waitForURL(form.next)
        expect((await stored(stack, values.email))[0]?.fields.name).toBe(values.name)
      })

      test(`${form.form}: by keyboard alone`, async ({ page, stack }) => {
        const values: Record<string, string> = typed()
        await page.goto(form.path)
        for (let tab = 0; tab < 80; tab++) {
          await page.keyboard.press('Tab')
          const focused = page.locator('*:focus')
          if ((await focused.count()) === 0) continue
          const name = (await focused.getAttribute('name')) ?? ''
          if (values[name]) await page.keyboard.insertText(values[name])
          if (name === 'terms') await page.keyboard.press('Space')
          if (
            (await focused.textContent())?.trim() === form.submit &&
            (await focused.getAttribute('type')) === 'submit'
          ) {
            await page.keyboard.press('Enter')
            break
          }
        }
        await page.waitForURL(form.next)
        expect(await stored(stack, values.email ?? '')).toHaveLength(1)
      })
    }

    test('a likely slip in the address is shown and never blocks', async ({ page, stack }) => {
      const values = { ...typed(), email: `${randomUUID().slice(0, 8)}@gmial.com` }
      await page.goto('/demo')
      await fill(page, values)
      await submit(page, forms[0])
      await page.waitForURL(forms[0].next)
      await expect(page.getByText('@gmail.com').first()).toBeVisible()
      expect(await stored(stack, values.email)).toHaveLength(1)
    })

    test('the trial form knows what the demo form was told', async ({ page }) => {
      const values = typed()
      await page.goto('/demo')
      await fill(page, values)
      await submit(page, forms[0])
      await page.waitForURL(forms[0].next)
      await page
        .getByRole('link', { name: /free trial/i })
        .first()
        .click()
      await expect(page.locator('[name="email"]')).toHaveValue(values.email)
      await expect(page.locator('[name="company"]')).toHaveValue(values.company)
      expect(page.url()).not.toContain('example')
    })

    test('the form in the article, which needs no script', async ({ page, stack }) => {
      const values = typed()
      await page.goto('/97014?utm_source=newsletter')
      await fill(page, values)
      await submit(page, forms[0])
      await page.waitForURL(forms[0].next)
      const [row] = await stack.query<{ attribution: unknown }>(
        'select attribution from submissions s join leads l on l.id = s.lead_id where l.email = $1',
        [values.email],
      )
      expect(row?.attribution).toMatchObject({ utm_source: 'newsletter', landing_page: '/97014' })
    })

    test('what no person fills in holds the submission; the answer is the same', async ({ page, stack }) => {
      const values = typed()
      await page.goto('/demo')
      await fill(page, values)
      await page
        .locator('[name="website"]')
        .evaluate((field: HTMLInputElement) => {
          field.value = 'https://spam.example'
        })
        .catch(() => {})
      await submit(page, forms[0])
      await page.waitForURL(forms[0].next)
      const states = await stack.query(
        'select distinct m.state from mails m join leads l on l.id = m.lead_id where l.email = $1',
        [values.email],
      )
      expect(states).toEqual([{ state: 'held' }])
    })
  })
}

test('a double click is one submission', async ({ page, stack }) => {
  const values = typed()
  await page.goto('/demo')
  await fill(page, values)
  await page.getByRole('button', { name: 'Watch the demo', exact: true }).dblclick()
  await page.waitForURL(forms[0].next)
  expect(await stored(stack, values.email)).toHaveLength(1)
})

test('a connection that drops keeps everything and sends by itself, once', async ({ page, stack }) => {
  const values = typed()
  await page.goto('/demo')
  await fill(page, values)
  let lost = 0
  await page.route('**/api/submissions/demo', async (route) => {
    lost++
    // The first answer is lost after the server has stored the form; the second request never leaves.
    if (lost === 1) await route.fetch()
    if (lost <= 2) return route.abort('connectionreset')
    return route.continue()
  })
  await submit(page, forms[0])
  await expect(page.getByText('Nothing you typed is lost.')).toBeVisible()
  await expect(page.locator('[name="name"]')).toHaveValue(values.name)
  await page.waitForURL(forms[0].next, { timeout: 20_000 })
  expect(lost).toBe(3)
  expect(await stored(stack, values.email)).toHaveLength(1)
})

test('a server that can’t take it now is tried again', async ({ page, stack }) => {
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
  await page.waitForURL(forms[0].next, { timeout: 20_000 })
  expect(await stored(stack, values.email)).toHaveLength(1)
})

test('back, and sent again, is the same submission', async ({ page, stack }) => {
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
