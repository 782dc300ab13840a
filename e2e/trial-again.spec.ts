import type { Page } from '@playwright/test'
import { unfold } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'
import {
  askForTrial,
  codeIn,
  freshAddress,
  linkIn,
  sentTo,
  statesOf,
  wrongCode,
} from './stack/trial-visitor.ts'

/** Trial confirmation when something goes wrong: wrong codes, expired links, no mail. */
const typeCode = async (page: Page, code: string) => {
  await page.getByLabel('Code from the email').fill(code)
  await page.getByRole('button', { name: 'Start my trial' }).click()
}
const newest = async (page: Page, arrived: () => number, count: number) => {
  await expect.poll(arrived).toBe(count)
  await expect(page.getByText('A new email is on its way.')).toBeVisible()
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('after five wrong codes the page says so, and one click sends a new code that works', async ({
      stack,
      page,
    }) => {
      const email = freshAddress()
      await askForTrial(page, email)
      const code = codeIn(await stack.sink.waitFor(sentTo(email)))
      for (const left of ['4 tries', '3 tries', '2 tries', 'one try']) {
        await typeCode(page, wrongCode(code))
        await expect(page.getByText(`You have ${left} left`)).toBeVisible()
      }
      await typeCode(page, wrongCode(code))
      await expect(page.getByText('Too many tries with this code')).toBeVisible()
      await expect(page.getByLabel('Code from the email')).toHaveCount(0)
      await unfold(page)
      await page.getByRole('button', { name: 'Send the email again' }).click()
      await newest(page, () => stack.sink.to(email).length, 2)
      const second = stack.sink.to(email).at(-1)
      await typeCode(page, second ? codeIn(second) : '')
      await page.waitForURL(/\/trial\/started$/)
      expect(await statesOf(stack, email)).toEqual(['active'])
    })

    test('after five wrong codes the link in the mail still works', async ({ stack, page }) => {
      const email = freshAddress()
      await askForTrial(page, email)
      const first = await stack.sink.waitFor(sentTo(email))
      for (let tried = 0; tried < 5; tried++) await typeCode(page, wrongCode(codeIn(first)))
      await page.goto(linkIn(first))
      await page.getByRole('button', { name: 'Start my trial' }).click()
      await page.waitForURL(/\/trial\/started$/)
    })

    for (const why of ['ran out after 48 hours', 'was replaced by a newer one'])
      test(`a link that ${why}: one click sends a new one in any browser`, async ({ stack, page }) => {
        const email = freshAddress()
        await askForTrial(page, email)
        const first = await stack.sink.waitFor(sentTo(email))
        if (why.startsWith('ran'))
          await stack.query(
            `update trials t set token_expires_at = now() from leads l where l.id = t.lead_id and l.email = $1`,
            [email],
          )
        else {
          await unfold(page)
          await unfold(page)
          await page.getByRole('button', { name: 'Send the email again' }).click()
          await newest(page, () => stack.sink.to(email).length, 2)
        }
        const before = stack.sink.to(email).length
        // From here on like another device: it has only the link.
        await page.context().clearCookies()
        await page.goto(linkIn(first))
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link has expired')
        await page.getByRole('button', { name: 'Send me a new link' }).click()
        await newest(page, () => stack.sink.to(email).length, before + 1)
        const last = stack.sink.to(email).at(-1)
        await page.goto(last ? linkIn(last) : '')
        await page.getByRole('button', { name: 'Start my trial' }).click()
        await page.waitForURL(/\/trial\/started$/)
        expect(await statesOf(stack, email)).toEqual(['active'])
      })

    test('the limit of resends is shown before, when and after it is reached', async ({ stack, page }) => {
      const email = freshAddress()
      await askForTrial(page, email)
      await unfold(page)
      await expect(page.getByText('You can do this 2 more times within 24 hours')).toBeVisible()
      await unfold(page)
      await page.getByRole('button', { name: 'Send the email again' }).click()
      await expect(page.getByText('You can do this one more time within 24 hours')).toBeVisible()
      await unfold(page)
      await page.getByRole('button', { name: 'Send the email again' }).click()
      await expect(page.getByText('the most emails we can in 24 hours')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Send the email again' })).toHaveCount(0)
      await expect.poll(() => stack.sink.to(email).length).toBe(3)
    })
  })
