import { expect, test } from './stack/test.ts'
import { askForTrial, codeIn, freshAddress, linkIn, sentTo } from './stack/trial-visitor.ts'

test('the link of a trial that is confirmed leads to no contact card, in this browser and another one', async ({
  page,
  stack,
  browser,
}) => {
  const email = freshAddress()
  await askForTrial(page, email)
  const mail = await stack.sink.waitFor(sentTo(email))
  await page.getByLabel('Code from the email').fill(codeIn(mail))
  await page.getByRole('button', { name: 'Start my trial' }).click()
  await page.waitForURL(/started$/)
  const other = await browser.newContext()
  for (const opened of [page, await other.newPage()]) {
    await opened.goto(linkIn(mail))
    await expect(opened.getByRole('heading', { name: 'Your trial is already confirmed' })).toBeVisible()
    await expect(opened.getByRole('heading', { name: 'Talk to a person' })).toHaveCount(0)
  }
  await other.close()
})
