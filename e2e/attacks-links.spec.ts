import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { CookieBrowser } from './stack/cookie-browser.ts'
import { loseFirstAnswer, pressing } from './stack/lost-answer.ts'
import { Stack } from './stack/stack.ts'
import { askForTrial, freshAddress, linkIn, sentTo, statesOf } from './stack/trial-visitor.ts'

/** Confirmation links that were used, replaced or have expired, and repeated clicks. */
const stack = new Stack()
test.beforeAll(async () => void (await stack.start({ TRUST_PROXY: '1' })))
test.afterAll(() => stack.stop())

const browser = (network = '192.0.2.1') => new CookieBrowser(stack, network)
const form = (email: string) => ({ name: 'Jane Roe', email, company: 'Desert Spine', terms: true })
const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? ''
const confirmMail = (email: string) => stack.sink.waitFor((each) => sentTo(email)(each) && !!linkIn(each))
const pageOf = (token: string) => `/trial/confirm?token=${encodeURIComponent(token)}`
const SIGN_IN = 'https://app.example/in'

/** A person with a running trial, and the link that started it. */
async function started(email = freshAddress()) {
  const owner = browser('192.0.2.2')
  await owner.send('trial', form(email))
  const token = tokenOf(linkIn(await confirmMail(email)))
  const pressed = await owner.press('/trial/confirm', { token })
  expect(pressed.headers.get('location')).toBe('/trial/started')
  await stack.query(
    `update trials t set login_url = $2 from leads l where l.id = t.lead_id and l.email = $1`,
    [email, SIGN_IN],
  )
  expect(await owner.see('/trial/started')).toContain(SIGN_IN)
  return { email, owner, token }
}

test('a used link proves nothing in another browser, and shows neither dates nor the sign-in link', async () => {
  const { token, owner } = await started()
  const stranger = browser('198.51.100.1')
  const pressed = await stranger.press('/trial/confirm', { token })
  expect(pressed.headers.get('location')).toBe(pageOf(token))
  expect(pressed.headers.getSetCookie()).toEqual([])
  const page = await stranger.see(pageOf(token))
  expect(page).toContain('Your trial is already confirmed')
  for (const personal of [SIGN_IN, '<time', 'Jane', /TS-\w{8}/]) expect(page).not.toMatch(personal)
  expect(await stranger.see('/trial/started')).toContain('No trial has been started in this browser')
  // The browser that confirmed the trial sees all of it, from the used link too.
  expect(await owner.see(pageOf(token))).toContain(SIGN_IN)
  expect((await owner.press('/trial/confirm', { token })).headers.get('location')).toBe('/trial/started')
})

test('of ten simultaneous clicks, one proves the mailbox', async () => {
  const email = freshAddress()
  await browser().send('trial', form(email))
  const token = tokenOf(linkIn(await confirmMail(email)))
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) => browser(`203.0.113.${at}`).press('/trial/confirm', { token })),
  )
  expect(answers.filter((each) => each.headers.getSetCookie().length)).toHaveLength(1)
  expect(answers.filter((each) => each.headers.get('location') === '/trial/started')).toHaveLength(1)
  expect(await statesOf(stack, email)).toEqual(['active'])
})

test('using the code also uses up the link; of two requests each link works once', async () => {
  const email = freshAddress()
  const first = browser()
  await first.send('trial', form(email))
  const one = tokenOf(linkIn(await confirmMail(email)))
  const second = browser('192.0.2.5')
  await second.send('trial', { ...form(email), name: 'Jane again' })
  await expect.poll(() => stack.sink.to(email).length).toBe(2)
  const other = tokenOf(linkIn(stack.sink.to(email)[1] as never))
  expect((await browser('192.0.2.6').press('/trial/confirm', { token: one })).headers.get('location')).toBe(
    '/trial/started',
  )
  // The other link is from the same mailbox and is still unused.
  const presses = [browser('192.0.2.7'), browser('192.0.2.8')].map((each) =>
    each.press('/trial/confirm', { token: other }),
  )
  const locations = (await Promise.all(presses)).map((each) => each.headers.get('location'))
  expect(locations.toSorted()).toEqual([pageOf(other), '/trial/started'].toSorted())
  expect(await statesOf(stack, email)).toEqual(['active', 'requested'])
})

test('a replaced link says so, and neither confirms nor opens the request', async () => {
  const email = freshAddress()
  const owner = browser('192.0.2.9')
  await owner.send('trial', { ...form(email), phone: '(760) 555-0199' })
  const old = tokenOf(linkIn(await confirmMail(email)))
  await owner.press('/api/trials/resend')
  await expect.poll(() => stack.sink.to(email).length).toBe(2)
  const stranger = browser('198.51.100.2')
  expect((await stranger.press('/trial/confirm', { token: old })).headers.get('location')).toBe(pageOf(old))
  expect(await stranger.see(pageOf(old))).toContain('A newer email replaced this link')
  // One click sends a new mail but sets no cookie, because the cookie would allow changing the address.
  const asked = await stranger.press('/api/trials/resend', { token: old })
  expect(asked.headers.getSetCookie()).toEqual([])
  expect(await stranger.see(asked.headers.get('location') ?? '')).toContain('A new email is on its way.')
  for (const path of ['/trial', '/trial/check-email']) {
    expect(await stranger.see(path), path).not.toContain(email)
    expect(await stranger.see(path), path).not.toContain('555-0199')
  }
  await expect.poll(() => stack.sink.to(email).length).toBe(3)
  const newest = tokenOf(linkIn(stack.sink.to(email)[2] as never))
  expect(
    (await browser('192.0.2.10').press('/trial/confirm', { token: newest })).headers.get('location'),
  ).toBe('/trial/started')
})

test('after 48 hours a link proves nothing, used or unused', async () => {
  const email = freshAddress()
  await browser().send('trial', form(email))
  const token = tokenOf(linkIn(await confirmMail(email)))
  await stack.query(
    `update trials t set token_expires_at = now() from leads l where l.id = t.lead_id and l.email = $1`,
    [email],
  )
  const pressed = await browser('192.0.2.11').press('/trial/confirm', { token })
  expect([pressed.headers.get('location'), pressed.headers.getSetCookie()]).toEqual([pageOf(token), []])
  expect(await statesOf(stack, email)).toEqual(['requested'])
})

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a used link offers a new mail with the sign-in link, within the limit of the mailbox', async ({
      page,
    }) => {
      const { email, token } = await started()
      const mails = stack.sink.to(email).length
      await page.goto(stack.url + pageOf(token))
      await page.getByRole('button', { name: 'Email me how to sign in' }).click()
      await expect(page.getByText('at most three in 24 hours')).toBeVisible()
      if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      const fresh = await stack.sink.waitFor(
        (each) => sentTo(email)(each) && each.mail.subject === 'How to sign in to your TrackStat trial',
      )
      expect(fresh.mail.text).toContain(SIGN_IN)
      expect(stack.sink.to(email).length).toBeGreaterThan(mails)
      for (let press = 0; press < 5; press++)
        await browser('198.51.100.3').press('/api/trials/sign-in', { token })
      const granted = await stack.query(
        `select from mails m join leads l on l.id = m.lead_id
          where l.email = $1 and (kind = 'trial-confirm' or data ? 'asked')`,
        [email],
      )
      expect(granted).toHaveLength(3)
    })

    test('a double click on the confirmation button starts the trial once and opens the next page', async ({
      page,
    }) => {
      const email = freshAddress()
      await askForTrial(page, email, stack.url)
      const link = linkIn(await confirmMail(email))
      await page.goto(link)
      await page.getByRole('button', { name: 'Start my trial' }).dblclick()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(
        /Your trial (has started|is already confirmed)/,
      )
      expect(await statesOf(stack, email)).toEqual(['active'])
    })

    test('after a lost response to the click, the page leads to the trial', async ({ page }) => {
      const email = freshAddress()
      await askForTrial(page, email, stack.url)
      const link = linkIn(await confirmMail(email))
      await page.goto(link)
      await loseFirstAnswer(page, '**/trial/confirm')
      const press = await pressing(page.getByRole('button', { name: 'Start my trial' }))
      await press()
      await expect.poll(() => statesOf(stack, email)).toEqual(['active'])
      await press()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your trial is already confirmed')
      await expect(page.getByRole('button', { name: 'Email me how to sign in' })).toBeVisible()
    })
  })
