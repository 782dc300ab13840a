import type { Page } from '@playwright/test'
import { fill, forms, stored, submit, typed } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'

/** What a browser sees that goes back to a form that it has sent. */

const [demo, , inquiry] = forms
const bodyOf = async (page: Page, path: string) => (await page.request.get(path)).text()

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled })

    test('/review after success says that it was sent, and keeps nothing', async ({ page, stack }) => {
      for (const form of forms) {
        const values = typed()
        await page.context().clearCookies()
        await page.request.post(`/api/submissions/${form.form}`, {
          form: { name: values.name, email: 'jane', message: 'Only for you' },
        })
        await page.goto('/review')
        await expect(page).toHaveTitle(/^Error: /)
        await fill(page, values)
        await submit(page, form)
        await page.waitForURL(form.next)
        const [row] = await stored(stack, values.email)
        await page.goto('/review')
        await expect(
          page.getByRole('heading', { name: `Already sent, ${row?.reference}`, exact: true }),
        ).toBeVisible()
        await expect(page).toHaveTitle(/^Already sent/)
        expect(await bodyOf(page, '/review')).not.toMatch(/Only for you|Jane O’Roe/)
        expect(await stack.query(`select from drafts where values->>'message' = 'Only for you'`)).toEqual([])
        await page.getByRole('main').getByRole('link', { name: 'Continue' }).click()
        await page.waitForURL(form.next)
      }
    })

    test('a draft of another form stays', async ({ page }) => {
      await page.request.post('/api/submissions/inquiry', {
        form: { email: 'jane', message: 'Not sent yet' },
      })
      await page.goto('/demo')
      await fill(page, typed())
      await submit(page, demo)
      await page.waitForURL(demo.next)
      await page.goto('/review')
      await expect(page.locator('[name="message"]')).toHaveValue('Not sent yet')
    })

    test('back and send without a change is the same reference, with a change another', async ({
      page,
      stack,
    }) => {
      const values = typed()
      const send = async () => {
        await submit(page, inquiry)
        await page.waitForURL(inquiry.next)
        await expect(page.getByText('TS-').first()).toBeVisible()
      }
      await page.goto('/contact')
      await fill(page, values)
      await send()
      await page.goBack()
      await send()
      // As in a browser that keeps neither page nor values.
      await page.goto('/contact')
      await fill(page, values)
      await send()
      expect(await stored(stack, values.email)).toHaveLength(1)
      await page.goto('/contact')
      await fill(page, { ...values, message: 'Something else' })
      await send()
      expect(await stored(stack, values.email)).toHaveLength(2)
    })

    test('/demo goes straight to the film after the form; with ?again it shows the form', async ({
      page,
    }) => {
      await page.goto('/demo')
      await fill(page, typed())
      await submit(page, demo)
      await page.waitForURL(demo.next)
      for (const path of ['/demo', '/demo?utm_source=x']) {
        await page.goto(path)
        await expect(page).toHaveURL(/\/demo\/watch$/)
      }
      await page.goto('/demo?again')
      await expect(page.locator('[name="email"]')).toBeVisible()
      const answer = await page.request.get('/demo', { maxRedirects: 0 })
      expect(answer.status()).toBe(303)
      expect(answer.headers()).toMatchObject({ 'cache-control': 'private, no-store' })
      expect(answer.headers().vary).toContain('Cookie')
    })
  })

test('who sent no demo form gets the form, and it is not cached', async ({ page, stack }) => {
  await page.goto('/demo')
  const answer = await page.request.get('/demo')
  expect(answer.headers()).toMatchObject({ 'cache-control': 'no-cache', vary: 'Accept-Encoding, Cookie' })
  const { name, email } = typed()
  await page.request.post('/api/submissions/inquiry', { data: { name, email, message: 'Hello' } })
  await page.goto('/demo')
  await expect(page).toHaveURL(/\/demo$/)
  const sent = await stack.post('demo', { name, email, company: 'Desert Spine' })
  const [cookie = '', value = ''] = (sent.headers.getSetCookie()[0]?.split(';')[0] ?? '').split('=')
  await page.context().addCookies([{ name: cookie, value, url: stack.url }])
  await page.goto('/demo')
  await expect(page).toHaveURL(/\/demo\/watch$/)
})

test('a summary lists only what is still wrong, and the title says "Error" only then', async ({ page }) => {
  const items = page.getByRole('region', { name: /Please fix/ }).getByRole('listitem')
  for (const { path, needed } of forms) {
    await page.goto(path)
    await page.locator('main form button[type="submit"]').click()
    await expect(items).toHaveCount(needed.length)
    await expect(page).toHaveTitle(/^Error: /)
    const title = await page.title()
    for (const [at, name] of needed.entries()) {
      const left = needed.length - at
      await expect(
        page.getByRole('heading', { name: `Please fix ${left === 1 ? '1 answer' : `${left} answers`}` }),
      ).toBeVisible()
      const control = page.locator(`[name="${name}"]`)
      if (name === 'terms') await control.check()
      else await control.fill(name === 'email' ? 'jane@example.com' : 'Jane Roe')
      await expect(items).toHaveCount(left - 1)
    }
    await expect(page).toHaveTitle(title.replace('Error: ', ''))
  }
})

test('on /review too', async ({ page }) => {
  await page.request.post('/api/submissions/inquiry', { form: { name: 'Jane', email: 'jane' } })
  await page.goto('/review')
  await expect(page).toHaveTitle(/^Error: /)
  await page.locator('[name="email"]').fill('jane@example.com')
  await expect(page.getByRole('heading', { name: 'Please fix 1 answer' })).toBeVisible()
  await page.locator('[name="message"]').fill('Hello')
  await expect(page.getByRole('heading', { name: /Please fix/ })).toHaveCount(0)
  await expect(page).toHaveTitle(/^Send us a message/)
})
