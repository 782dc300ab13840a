import type { Page } from '@playwright/test'
import { fill, forms, submit, typed, unfold } from './stack/form-page.ts'
import type { Stack } from './stack/stack.ts'
import { expect, test } from './stack/test.ts'
import { askForTrial, codeIn, freshAddress, sentTo } from './stack/trial-visitor.ts'
import { typefaceLoaded } from './stack/typeface.ts'

/** No page promises a mail that is not on its way, in any state of the mail. */
const SUPPORT = 'support@trackstat.org'
const LINKS = 'https://one.example '.repeat(6)
const PROMISES = /We’re sending|We sent|is on its way|Check your email|The next step is an email to/
const main = (page: Page) => page.locator('main')

/** Fills in the trap field, as a form filler does. */
const fillTrap = (page: Page) =>
  page.locator('[name="website"]').evaluate((field: HTMLInputElement) => {
    field.value = 'https://filler.example'
  })
const mailState = (stack: Stack, email: string, state: string) =>
  stack.query(
    `update mails set state = '${state}' where recipient = $1 and kind in ('trial-confirm', 'demo-thanks', 'inquiry-received')`,
    [email],
  )

/** The page in both schemes and widths: nothing overflows. Pictures go where SCREENSHOTS says. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [360, 1440]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      await typefaceLoaded(page)
      const scrollWidth = await page.evaluate('document.documentElement.scrollWidth')
      expect(scrollWidth, `${name} ${width}`).toBeLessThanOrEqual(width)
      const folder = process.env.SCREENSHOTS
      if (folder)
        await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true })
    }
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    for (const form of forms)
      test(`${form.form}, a filled trap field: support is told, the page says what waits, and a button sends it once`, async ({
        page,
        stack,
      }) => {
        const values = typed()
        await page.goto(form.path)
        await fill(page, values)
        // Evaluating works without script, too; only the page's own scripts are off.
        await fillTrap(page)
        await submit(page, form)
        await page.waitForURL(form.next)
        await expect(page.getByText('We haven’t sent you an email yet.')).toBeVisible()
        await expect(main(page)).not.toContainText(PROMISES)
        await expect(page.getByLabel('Code from the email')).toHaveCount(0)
        const notice = await stack.sink.waitFor(
          ({ to, mail }) => to.includes(SUPPORT) && !!mail.text?.includes(values.email),
        )
        const text = notice.mail.text?.replace(/\n! /g, ' ')
        expect(text).toContain('This may be spam: A field that people do not see was filled in')
        expect(text).toContain('No reply was sent: It waits until the person presses the button')
        await look(page, `flagged-${form.form}-${javaScriptEnabled}`)

        const body = await page
          .locator('form[action="/api/held-mail"]')
          .evaluate((element: HTMLFormElement) =>
            new URLSearchParams(new FormData(element) as unknown as Record<string, string>).toString(),
          )
        await page.getByRole('button', { name: 'Send me the email' }).click()
        await page.waitForURL(form.next)
        await stack.sink.waitFor(sentTo(values.email))
        await page.reload()
        await expect(page.getByText('We sent')).toBeVisible()
        await expect(page.getByRole('button', { name: 'Send me the email' })).toHaveCount(0)
        // Pressed again, from a page that was left open.
        const again = await page.request.post('/api/held-mail', {
          data: body,
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          maxRedirects: 0,
        })
        expect(again.status()).toBe(303)
        await askSomething(page, stack)
        expect(stack.sink.to(values.email)).toHaveLength(1)
      })

    test('two signs of spam: the page promises nothing and has no button; another browser cannot press', async ({
      page,
      stack,
      browser,
    }) => {
      const values = { ...typed(), message: LINKS }
      await page.goto('/contact')
      await fill(page, values)
      await fillTrap(page)
      await submit(page, forms[2])
      await page.waitForURL(forms[2].next)
      await expect(page.getByText('We haven’t sent you an email.')).toBeVisible()
      await expect(main(page)).not.toContainText(/We’re sending|We sent|is on its way|replies to/)
      await expect(page.getByRole('button', { name: 'Send me the email' })).toHaveCount(0)
      await look(page, `held-${javaScriptEnabled}`)
      const [row] = await stack.query<{ reference: string }>(
        'select reference from submissions s join leads l on l.id = s.lead_id where l.email = $1',
        [values.email],
      )
      const press = { form: { reference: row?.reference ?? '' }, maxRedirects: 0 }
      expect((await page.request.post('/api/held-mail', press)).status()).toBe(303)
      const stranger = await browser.newContext({ baseURL: stack.url })
      expect((await stranger.request.post('/api/held-mail', press)).headers().location).toBe('/contact')
      await stranger.close()
      const states = await stack.query(
        'select distinct state from mails m join leads l on l.id = m.lead_id where l.email = $1',
        [values.email],
      )
      expect(states).toEqual([{ state: 'held' }])
    })

    test('two inquiries, the demo, then a trial: its confirmation comes, and the resend button tells the truth until the end', async ({
      page,
      stack,
    }) => {
      const values = typed()
      for (const [form, message] of [
        [forms[2], 'one'],
        [forms[2], 'two'],
        [forms[0], 'three'],
        [forms[2], 'four'],
      ] as const) {
        await page.goto(form.path)
        await fill(page, { ...values, message })
        await submit(page, form)
        await page.waitForURL(form.next)
      }
      await expect(page.getByText('We haven’t sent you an email.')).toBeVisible()
      await expect(main(page)).not.toContainText(PROMISES)
      await look(page, `withheld-inquiry-${javaScriptEnabled}`)
      await askForTrial(page, values.email)
      await stack.sink.waitFor((arrived) => sentTo(values.email)(arrived) && codeIn(arrived) !== '')
      for (const count of [2, 3]) {
        await unfold(page)
        await page.getByRole('button', { name: 'Send the email again' }).click()
        await expect(page.getByText('A new email is on its way.')).toBeVisible()
        await expect.poll(() => stack.sink.to(values.email).filter((one) => codeIn(one)).length).toBe(count)
      }
      await expect(page.getByRole('button', { name: 'Send the email again' })).toHaveCount(0)
      await expect(page.getByText('We’ve sent the most emails we can in 24 hours.')).toBeVisible()
    })

    test('a trial whose mail a limit stops: page, notice and resend button say so', async ({
      page,
      stack,
    }) => {
      const email = freshAddress()
      for (const company of ['One', 'Two', 'Three'])
        await stack.post('trial', { name: 'Jane Roe', email, company, terms: true })
      await askForTrial(page, email)
      await expect(page.getByRole('heading', { name: 'We have your request' })).toBeVisible()
      await expect(page).toHaveTitle(/We have your request/)
      await expect(main(page)).not.toContainText(PROMISES)
      await expect(page.getByLabel('Code from the email')).toHaveCount(0)
      await look(page, `withheld-trial-${javaScriptEnabled}`)
      await unfold(page)
      await page.getByRole('button', { name: 'Send the email again' }).click()
      await expect(page.getByText('We haven’t sent you an email.')).toBeVisible()
      await expect(main(page)).not.toContainText(PROMISES)
      await stack.sink.waitFor(
        ({ to, mail }) =>
          to.includes(SUPPORT) && /No reply was sent: 3\s+mails/.test(mail.text?.replace(/\n! /g, ' ') ?? ''),
      )
    })

    test('unsubscribed, refused by the address, mail server away: each page says what is so', async ({
      page,
      stack,
    }) => {
      const values = typed()
      await stack.query(`insert into suppressions values ($1, 'unsubscribed')`, [values.email])
      await page.goto('/demo')
      await fill(page, values)
      await submit(page, forms[0])
      await page.waitForURL(forms[0].next)
      await expect(page.getByText('We haven’t sent you an email.')).toBeVisible()
      await look(page, `unsubscribed-${javaScriptEnabled}`)

      const email = freshAddress()
      await askForTrial(page, email)
      await stack.sink.waitFor(sentTo(email))
      await page.reload()
      await expect(main(page)).toContainText(`We sent an email to ${email}`)
      await look(page, `sent-${javaScriptEnabled}`)
      await mailState(stack, email, 'failed')
      await page.reload()
      await expect(page.getByText('We couldn’t deliver our email.')).toBeVisible()
      await expect(main(page)).not.toContainText(PROMISES)
      await look(page, `failed-${javaScriptEnabled}`)

      await stack.sink.stop()
      const late = freshAddress()
      await askForTrial(page, late)
      await expect
        .poll(async () => (await stack.query(`select state from mail_server_state`))[0])
        .toEqual({ state: 'unreachable' })
      await page.reload()
      await expect(page.getByText('Our email is late.')).toBeVisible()
      await expect(main(page)).not.toContainText(/We’re sending|We sent|is on its way/)
      await look(page, `delayed-${javaScriptEnabled}`)
      await stack.sink.start()
      await stack.sink.waitFor(sentTo(late))
      await page.reload()
      await expect(main(page)).toContainText(`We sent an email to ${late}`)
    })

    test('no product is connected: no page speaks of access that nobody has', async ({ page, stack }) => {
      const email = freshAddress()
      await askForTrial(page, email)
      await page.getByLabel('Code from the email').fill(codeIn(await stack.sink.waitFor(sentTo(email))))
      await page.getByRole('button', { name: 'Start my trial' }).click()
      await page.waitForURL(/started$/)
      await expect(page.getByText('We’ll set up your access with you.')).toBeVisible()
      await expect(main(page)).not.toContainText('Your access')
      await look(page, `by-hand-${javaScriptEnabled}`)

      // The account is ready, but our mail with the link bounced.
      await expect
        .poll(() =>
          stack.query(`select state from mails where recipient = $1 and kind = 'trial-welcome'`, [email]),
        )
        .toEqual([{ state: 'sent' }])
      await stack.query(`update mails set state = 'failed' where recipient = $1`, [email])
      await stack.query(
        `update trials set login_url = 'https://app.example' where lead_id = (select id from leads where email = $1)`,
        [email],
      )
      await page.reload()
      await expect(page.getByText('We couldn’t email you the link, so keep it.')).toBeVisible()
      await expect(main(page)).toContainText('Your access and your trial dates are below.')
    })
  })

/** Sends something else and waits for its mail, so that all mails before it have gone out. */
async function askSomething(page: Page, stack: Stack): Promise<void> {
  const email = freshAddress()
  await page.request.post('/api/submissions/demo', { data: { name: 'Jane', email, company: 'Desert Spine' } })
  await stack.sink.waitFor(sentTo(email))
}

test('the trap field has what form fillers read to leave it alone', async ({ page }) => {
  for (const path of ['/demo', '/trial', '/contact', '/97014']) {
    await page.goto(path)
    const trap = page.locator('[name="website"]')
    for (const [name, value] of Object.entries({
      autocomplete: 'off',
      tabindex: '-1',
      'aria-hidden': 'true',
      'data-1p-ignore': 'true',
      'data-lpignore': 'true',
      'data-bwignore': 'true',
      'data-protonpass-ignore': 'true',
      'data-form-type': 'other',
    }))
      await expect(trap).toHaveAttribute(name, value)
    expect(
      await trap.evaluate((field: HTMLInputElement) => `${field.id} ${field.labels?.[0]?.textContent}`),
    ).not.toMatch(/website|url|home.?page/i)
  }
})
