import { expect, test } from './stack/test.ts'
import { askForTrial, freshAddress, linkIn, sentTo } from './stack/trial-visitor.ts'

test('the waiting page notices that the link was used on another device, and the form says that a trial is running', async ({
  stack,
  page,
  browser,
}) => {
  const email = freshAddress()
  await askForTrial(page, email)
  await page.getByLabel('Code from the email').fill('half a c')
  const phone = await browser.newPage()
  await phone.goto(linkIn(await stack.sink.waitFor(sentTo(email))))
  await phone.getByRole('button', { name: 'Start my trial' }).click()
  await phone.waitForURL(/\/trial\/started$/)
  let loads = 0
  page.on('load', () => loads++)
  await page.bringToFront()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/already confirmed/)
  await expect(page.getByRole('status').first()).toHaveText(/has been answered/)
  expect(loads).toBe(0)
  await phone.goto(`${stack.url}/trial`)
  await expect(phone.getByText('Your trial is already running.')).toBeVisible()
  // This browser has not proved the mailbox, so it gets the ordinary form.
  await page.goto('/trial')
  await expect(page.getByText('Your trial is already running.')).toHaveCount(0)
  await phone.close()
})

test('an existing trial is reported only by mail, never on the page', async ({ stack, page }) => {
  const email = freshAddress()
  await askForTrial(page, email)
  const first = await stack.sink.waitFor(sentTo(email))
  await page.goto(linkIn(first))
  await page.getByRole('button', { name: 'Start my trial' }).click()
  await page.waitForURL(/\/trial\/started$/)
  await page.context().clearCookies()
  const known = await stack.post('trial', { name: 'Mallory', email, company: 'Elsewhere', terms: true })
  const unknown = await stack.post('trial', {
    name: 'Mallory',
    email: freshAddress(),
    company: 'Elsewhere',
    terms: true,
  })
  expect([known.status, (await known.json()).next]).toEqual([unknown.status, (await unknown.json()).next])
  await expect
    .poll(() =>
      stack.sink.to(email).some(({ mail }) => mail.subject === 'You already have a TrackStat trial'),
    )
    .toBe(true)
})
