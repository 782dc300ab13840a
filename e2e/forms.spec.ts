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
/** Distance in whole pixels from the end of one field, with its hint and errors, to the next. */
const gapsBetweenFields = (page: Page) =>
  page.locator('form[action^="/api/submissions/"] > div:first-of-type').evaluate((fields) => {
    const boxes = [...fields.children].filter((field) => !field.ariaHidden)
    return boxes.slice(1).map((field, i) => {
      const before = boxes[i]?.getBoundingClientRect().bottom ?? 0
      return Math.round(field.getBoundingClientRect().top - before)
    })
  })
const stored = (stack: Stack, email: string) =>
  stack.query<{ reference: string; phone_e164: string; fields: Record<string, unknown>; form: string }>(
    'select reference, form, fields, phone_e164 from submissions s join leads l on l.id = s.lead_id where l.email = $1',
    [email],
  )

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled })

    for (const form of forms) {
      test(`${form.form}: a complete form is stored and opens the next page`, async ({ page, stack }) => {
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

      test(`${form.form}: an empty form shows every error at its field and in the focused summary`, async ({
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
        expect(new Set(await gapsBetweenFields(page))).toEqual(new Set([24]))
        // The trial's description is beside its form, also when the form is shown again.
        await expect(page.getByRole('heading', { name: 'How a trial works' })).toHaveCount(
          form.form === 'trial' ? 1 : 0,
        )
        await summary.getByRole('link').first().click()
        await expect(page.locator(`[name="${form.needed[0]}"]`)).toBeFocused()
      })

      test(`${form.form}: a wrong form can be corrected without typing anything again`, async ({
        page,
        stack,
      }) => {
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

      test(`${form.form}: keyboard only`, async ({ page, stack }) => {
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

    test('a likely typo in the address is pointed out and never blocks', async ({ page, stack }) => {
      const values = { ...typed(), email: `${randomUUID().slice(0, 8)}@gmial.com` }
      await page.goto('/demo')
      await fill(page, values)
      await submit(page, forms[0])
      await page.waitForURL(forms[0].next)
      await expect(page.getByText('@gmail.com').first()).toBeVisible()
      expect(await stored(stack, values.email)).toHaveLength(1)
    })

    test('the trial form is prefilled from the demo form', async ({ page }) => {
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

    test('the form in the article works without script', async ({ page, stack }) => {
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

    test('a filled honeypot holds the submission, with the same response', async ({ page, stack }) => {
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

const phone = { width: 360, height: 800 }

/** Scrolls to the end of a form, like a visitor who filled it out on a phone: the button is the last thing in view. */
async function pressAtTheBottom(page: Page, form: Form) {
  const button = page.getByRole('button', { name: form.submit, exact: true })
  await button.evaluate((element) => element.scrollIntoView({ block: 'end', behavior: 'instant' }))
  await button.click()
}

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
