import type { Page } from '@playwright/test'
import { fill, forms, stored, submit, typed } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'

/** A browser that keeps no cookies: what was sent is stored, and each page that follows says what is true. */
async function dropCookies(page: Page): Promise<void> {
  await page.route('**/*', async (route) => {
    const answer = await route.fetch({ maxRedirects: 0 })
    const { 'set-cookie': _, ...headers } = answer.headers()
    // The browser's own store has them already.
    await page.context().clearCookies()
    await route.fulfill({ response: answer, headers })
  })
}

test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }))

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled })

    test('the demo form: stored once, and the page says that the link is in the email', async ({
      page,
      stack,
    }) => {
      await dropCookies(page)
      const values = typed()
      await page.goto('/demo')
      await fill(page, values)
      await submit(page, forms[0])
      await expect(page.getByRole('heading', { name: 'Open the demo from our email' })).toBeVisible()
      await expect(page.getByText('use the link in the email that answers your form')).toBeVisible()
      await expect(page.locator('form')).toHaveCount(0)
      expect(await stored(stack, values.email)).toHaveLength(1)
      const { mail } = await stack.sink.waitFor(
        ({ to, mail }) => to.includes(values.email) && !!mail.text?.includes('/demo/watch?pass='),
      )
      const [link = ''] = /http\S+\/demo\/watch\?pass=\S+/.exec(mail.text ?? '') ?? []
      await page.goto(link)
      await expect(page.locator('video')).toBeVisible()
    })

    for (const form of forms.slice(1))
      test(`${form.form}: stored, and the page says so`, async ({ page, stack }) => {
        await dropCookies(page)
        const values = typed()
        await page.goto(form.path)
        await fill(page, values)
        await submit(page, form)
        await page.waitForURL(form.next)
        await expect(page.getByText(/we have (?:it|your request)/i).first()).toBeVisible()
        expect(await stored(stack, values.email)).toHaveLength(1)
      })
  })
}

test.describe('a form with an error, without script', () => {
  test.use({ javaScriptEnabled: false })
  const values = { name: 'Jane Roe', email: 'jane', company: 'Desert Spine' }

  for (const keeps of [true, false])
    test(
      keeps ? 'a browser that keeps cookies: /review' : 'without cookies: 422 with all that was typed',
      async ({ page }) => {
        if (!keeps) await dropCookies(page)
        await page.goto('/demo')
        await fill(page, values)
        await submit(page, forms[0])
        if (keeps) {
          await expect(page).toHaveURL(/\/review$/)
          await expect(page.locator('[name="name"]')).toHaveValue('Jane Roe')
          return
        }
        await expect(page.getByText('Some fields need a correction.')).toBeVisible()
        await expect(page.getByText('Enter one email address')).toBeVisible()
        for (const text of Object.values(values))
          await expect(page.locator('dd').getByText(text, { exact: true })).toBeVisible()
      },
    )
})

test('who did not come from our pages is sent to the form', async ({ page }) => {
  await page.goto('/demo/watch')
  await expect(page).toHaveURL(/\/demo$/)
})

test('a page without referrers sends a null origin: its form is taken', async ({ stack }) => {
  const values = typed()
  const body = new URLSearchParams(values).toString()
  const ask = (site: string) =>
    fetch(`${stack.url}/api/submissions/demo`, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: 'null',
        'Sec-Fetch-Site': site,
      },
    }).then(({ status }) => status)
  expect([await ask('cross-site'), await ask('same-site'), await ask('same-origin')]).toEqual([403, 403, 303])
  expect(await stored(stack, values.email)).toHaveLength(1)
})
