import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { fill, forms, stored, submit, typed, unfold } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'

/** Distance in whole pixels from the end of one field, with its hint and errors, to the next. */
const gapsBetweenFields = (page: Page) =>
  page.locator('form[action^="/api/submissions/"] > div:first-of-type').evaluate((fields) => {
    const boxes = [...fields.children].filter((field) => !field.ariaHidden)
    return boxes.slice(1).map((field, i) => {
      const before = boxes[i]?.getBoundingClientRect().bottom ?? 0
      return Math.round(field.getBoundingClientRect().top - before)
    })
  })

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
        await unfold(page)
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

    test('a filled honeypot lets only the mail to the visitor wait, with the same response', async ({
      page,
      stack,
    }) => {
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
        `select m.state from mails m join leads l on l.id = m.lead_id where l.email = $1 and m.kind = 'demo-thanks'`,
        [values.email],
      )
      expect(states).toEqual([{ state: 'held' }])
    })
  })
}
