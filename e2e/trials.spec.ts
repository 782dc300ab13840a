import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { unfold } from './stack/form-page.ts'
import { expect, test } from './stack/test.ts'
import {
  askForTrial,
  codeIn,
  freshAddress,
  linkIn,
  linksIn,
  runTrial,
  sentTo,
  statesOf,
  wrongCode,
} from './stack/trial-visitor.ts'

const check = async (page: Page) =>
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
  ).toEqual([])

/** Like a mail security scanner: opens every link fifty times before the person sees the mail. */
async function scan(links: string[]) {
  expect(links.length).toBeGreaterThan(3)
  for (let round = 0; round < 50; round++)
    await Promise.all(
      links.flatMap((each) => ['GET', 'HEAD'].map(async (method) => (await fetch(each, { method })).text())),
    )
}

/** Each step from the article to the started trial, as `npm run trial -- show` prints it. */
const inOrder = (email: string) =>
  new RegExp(
    [
      `^TS-\\w{8}: active\\. Jane Roe, Desert Spine, ${email}`,
      'Runs from',
      'Asked for the demo',
      `Mail demo-thanks to ${email}: sent`,
      'Asked for a trial',
      'The trial was requested, by visitor',
      `Mail trial-confirm to ${email}: sent`,
      'Confirmed the trial, by visitor',
      'The trial started, by visitor, ends',
      `Mail trial-welcome to ${email}: sent`,
    ].join('[\\s\\S]*'),
  )

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled, timezoneId: 'Asia/Tokyo' })

    test('from the article to a running trial by link, although a mail scanner opened it first', async ({
      stack,
      page,
    }) => {
      test.slow()
      const email = freshAddress()
      await page.goto('/97014')
      for (const [name, value] of Object.entries({ name: 'Jane Roe', email, company: 'Desert Spine' }))
        await page.locator(`[name="${name}"]`).fill(value)
      await page.locator('form[action="/api/submissions/demo"] button[type="submit"]').click()
      await page.waitForURL(/\/demo\/watch/)
      if (javaScriptEnabled) {
        const video = page.locator('video')
        await video.evaluate((element) => (element as HTMLVideoElement).play())
        const time = () => video.evaluate((element) => (element as HTMLVideoElement).currentTime)
        await expect.poll(time).toBeGreaterThan(0.5)
      }
      await page
        .getByRole('link', { name: /free trial/i })
        .last()
        .click()
      await expect(page.locator('[name="email"]')).toHaveValue(email)
      await expect(page.locator('[name="company"]')).toHaveValue('Desert Spine')
      await page.locator('[name="terms"]').check()
      await page.getByRole('button', { name: 'Request my free trial', exact: true }).click()
      await page.waitForURL(/check-email$/)
      const arrived = await stack.sink.waitFor((each) => sentTo(email)(each) && !!linkIn(each))
      // Only once, because scanners behave the same with and without script.
      if (javaScriptEnabled) await scan(stack.sink.to(email).flatMap(linksIn))
      expect(await stack.query('select from suppressions where email_canonical = $1', [email])).toEqual([])
      expect(await statesOf(stack, email)).toEqual(['requested'])
      await page.goto(linkIn(arrived))
      await page.getByRole('button', { name: 'Start my trial' }).click()
      await page.waitForURL(/\/trial\/started$/)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your trial has started')
      // Request, start and end, in the visitor's time zone where script can read it.
      const said = javaScriptEnabled ? /^\w{3}, .*, \d+:\d\d [AP]M GMT\+9$/ : / P[SD]T \(.* UTC\)$/
      await expect(page.locator('time').filter({ hasText: said })).toHaveCount(3)
      const shown = page.locator('time').first()
      if (javaScriptEnabled) {
        const at = new Date((await shown.getAttribute('datetime')) ?? '')
        const inTokyo = at.toLocaleTimeString('en-US', { timeZone: 'Asia/Tokyo', timeStyle: 'short' })
        await expect(shown).toContainText(inTokyo.replace('\u202f', ' '))
      }
      if (javaScriptEnabled) await check(page)
      const welcome = await stack.sink.waitFor(
        (each) => sentTo(email)(each) && /has started/.test(each.mail.subject ?? ''),
      )
      // In the time zone of the person who confirmed, where script could read it.
      expect(welcome.mail.text).toMatch(
        javaScriptEnabled ? /Until:\n.* GMT\+9\n/ : /Until:\n.* P[SD]T \(.* UTC\)/,
      )
      expect(welcome.mail.attachments[0]?.content.toString()).toMatch(
        /BEGIN:VEVENT[\s\S]*DTSTART:\d{8}T\d{6}Z/,
      )
      const reference = (await page.getByText(/^TS-\w{8}$/).textContent()) ?? ''
      const story = await runTrial(stack, 'show', reference)
      expect(story).toMatch(inOrder(email))
      expect(await runTrial(stack, 'funnel')).toMatch(
        /demo requested +[1-9][\s\S]*trial requested +[1-9][\s\S]*active +[1-9]/,
      )
    })

    test('by code: first a wrong one, then the right one', async ({ stack, page }) => {
      const email = freshAddress()
      await askForTrial(page, email)
      if (javaScriptEnabled) await check(page)
      const arrived = await stack.sink.waitFor(sentTo(email))
      const code = codeIn(arrived)
      await page.getByLabel('Code from the email').fill(wrongCode(code))
      await page.getByRole('button', { name: 'Start my trial' }).click()
      await expect(page.getByText('You have 4 tries left')).toBeVisible()
      await expect(page.getByLabel('Code from the email')).toHaveValue(/^[34]{6}$/)
      await expect(page).toHaveTitle(/^Error: /)
      if (javaScriptEnabled) await check(page)
      await page.getByLabel('Code from the email').fill(` ${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`)
      await page.getByRole('button', { name: 'Start my trial' }).click()
      await page.waitForURL(/\/trial\/started$/)
      expect(await statesOf(stack, email)).toEqual(['active'])
      await page.goto('/trial/check-email')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/already confirmed/)
    })

    test('a wrong address is corrected without filling out the form again', async ({ stack, page }) => {
      const [wrong, right] = [freshAddress(), freshAddress()]
      await askForTrial(page, wrong)
      const first = await stack.sink.waitFor(sentTo(wrong))
      await unfold(page)
      await page.getByLabel('Your email address').fill('no address')
      await page.getByRole('button', { name: 'Update my address' }).click()
      await expect(page.locator('#address-error')).toBeVisible()
      await expect(page.getByLabel('Your email address')).toHaveValue('no address')
      await page.getByLabel('Your email address').fill(right)
      await page.getByRole('button', { name: 'Update my address' }).click()
      await expect(page.getByText(right)).toBeVisible()
      await unfold(page)
      await expect(page.getByText('already corrected the address once')).toBeVisible()
      expect(await statesOf(stack, wrong)).toEqual(['cancelled'])
      await page.goto(linkIn(first))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/withdrawn/)
      const second = await stack.sink.waitFor(sentTo(right))
      await page.goto('/trial/check-email')
      await page.getByLabel('Code from the email').fill(codeIn(second))
      await page.getByRole('button', { name: 'Start my trial' }).click()
      await page.waitForURL(/\/trial\/started$/)
      expect(await statesOf(stack, right)).toEqual(['active'])
    })
  })
