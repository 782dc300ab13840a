import { randomUUID } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { CookieBrowser } from './stack/cookie-browser.ts'
import { Stack } from './stack/stack.ts'
import { askForTrial, freshAddress, linkIn, sentTo, statesOf } from './stack/trial-visitor.ts'

/** Ways to come by somebody else's trial: old links, keys that are taken, forms sent again. */
const stack = new Stack()
test.beforeAll(async () => void (await stack.start({ TRUST_PROXY: '1' })))
test.afterAll(() => stack.stop())

const browser = (network = '192.0.2.1') => new CookieBrowser(stack, network)
const form = (email: string) => ({ name: 'Jane Roe', email, company: 'Desert Spine', terms: true })
const plain = (email: string) => ({ ...form(email), terms: 'on' })
const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? ''
const confirmMail = (email: string) => stack.sink.waitFor((each) => sentTo(email)(each) && !!linkIn(each))
const pageOf = (token: string) => `/trial/confirm?token=${encodeURIComponent(token)}`
const SIGN_IN = 'https://app.example/in'

/** Somebody whose trial runs, with the link that started it. */
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

test('a used link proves nothing in another browser, and shows neither dates nor the way in', async () => {
  const { token, owner } = await started()
  const stranger = browser('198.51.100.1')
  const pressed = await stranger.press('/trial/confirm', { token })
  expect(pressed.headers.get('location')).toBe(pageOf(token))
  expect(pressed.headers.getSetCookie()).toEqual([])
  const page = await stranger.see(pageOf(token))
  expect(page).toContain('Your trial is already confirmed')
  for (const personal of [SIGN_IN, '<time', 'Jane', /TS-\w{8}/]) expect(page).not.toMatch(personal)
  expect(await stranger.see('/trial/started')).toContain('No trial has been started in this browser')
  // The browser that confirmed it is shown all of it, from the old link, too.
  expect(await owner.see(pageOf(token))).toContain(SIGN_IN)
  expect((await owner.press('/trial/confirm', { token })).headers.get('location')).toBe('/trial/started')
})

test('of ten presses at once one proves the mailbox', async () => {
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

test('a link that a code was used in place of is used, too; of two requests each link works once', async () => {
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
  // The other link came out of the same mailbox and was not used yet.
  const presses = [browser('192.0.2.7'), browser('192.0.2.8')].map((each) =>
    each.press('/trial/confirm', { token: other }),
  )
  const locations = (await Promise.all(presses)).map((each) => each.headers.get('location'))
  expect(locations.toSorted()).toEqual([pageOf(other), '/trial/started'].toSorted())
  expect(await statesOf(stack, email)).toEqual(['active', 'requested'])
})

test('a superseded link says so, and neither confirms nor opens the request', async () => {
  const email = freshAddress()
  const owner = browser('192.0.2.9')
  await owner.send('trial', { ...form(email), phone: '(760) 555-0199' })
  const old = tokenOf(linkIn(await confirmMail(email)))
  await owner.press('/api/trials/resend')
  await expect.poll(() => stack.sink.to(email).length).toBe(2)
  const stranger = browser('198.51.100.2')
  expect((await stranger.press('/trial/confirm', { token: old })).headers.get('location')).toBe(pageOf(old))
  expect(await stranger.see(pageOf(old))).toContain('A newer email replaced this link')
  // One click sends a new mail. It gives no cookie: with one the request could be sent to another address.
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

test('after 48 hours a link proves nothing, used or not', async () => {
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

    test('a used link sends a fresh mail with the way in, within the limit of an address', async ({
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

    test('a double click on the link’s button starts the trial once and leads on', async ({ page }) => {
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

    test('where the answer to the press was lost, the page has a way on', async ({ page }) => {
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

/** Presses a button by the mouse alone, which waits for no page: a second press may cancel the first one's answer. */
async function pressing(button: Locator): Promise<() => Promise<void>> {
  await button.scrollIntoViewIfNeeded()
  const box = await button.boundingBox()
  if (!box) throw new Error('the button is not shown')
  return () => button.page().mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

/** The server takes the first post of a form, and its answer never comes: as when a second click cancels it. */
async function loseFirstAnswer(page: Page, path: string): Promise<void> {
  let lost = false
  await page.route(path, async (route) => {
    if (lost || route.request().method() !== 'POST') return route.continue()
    lost = true
    const request = route.request()
    const headers = await request.allHeaders()
    // Not by `route.fetch`, which gives the answer's cookies to the browser.
    await fetch(request.url(), { method: 'POST', redirect: 'manual', headers, body: request.postData() })
  })
}

test('a key that equals the trial’s id does not keep its address from being corrected', async () => {
  const [wrong, right] = [freshAddress(), freshAddress()]
  const jane = browser('192.0.2.20')
  await jane.send('trial', form(wrong))
  const token = tokenOf(linkIn(await confirmMail(wrong)))
  const [trialId = ''] = token.split(':')
  for (const key of [trialId, trialId.toUpperCase(), `"${trialId}"`])
    await browser('198.51.100.4').send(
      'inquiry',
      { name: 'Mallory', email: freshAddress(), message: 'Taken' },
      { 'Idempotency-Key': key },
    )
  expect((await jane.press('/api/trials/address', { email: right })).status).toBe(303)
  expect(await statesOf(stack, right)).toEqual(['requested'])
  expect(await statesOf(stack, wrong)).toEqual(['cancelled'])
})

test('a key of another space is refused: visitors’ keys are UUIDs', async () => {
  for (const key of [`correction:${randomUUID()}`, `order:${randomUUID()}`, `content:${randomUUID()}`])
    expect((await browser().send('demo', form(freshAddress()), { 'Idempotency-Key': key })).status).toBe(422)
})

for (const send of ['press', 'send'] as const)
  test(`the same content again is acknowledged, and opens nothing of the first (${send})`, async () => {
    const email = freshAddress()
    const content = send === 'press' ? plain(email) : form(email)
    const post = (from: CookieBrowser) =>
      send === 'press' ? from.press('/api/submissions/trial', plain(email)) : from.send('trial', form(email))
    const [jane, colleague] = [browser('192.0.2.30'), browser('192.0.2.30')]
    const first = await post(jane)
    const again = await post(colleague)
    expect(again.status, JSON.stringify(content)).toBe(send === 'press' ? 303 : 200)
    if (send === 'press') expect(again.headers.get('location')).toBe('/trial/check-email')
    else expect((await again.json()).reference).toBe((await first.json()).reference)
    expect(again.headers.getSetCookie()).toEqual([])
    const page = await colleague.see('/trial/check-email')
    expect(page).not.toContain(email)
    expect(page).toContain('If you sent the trial form')
    for (const [path, fields] of [
      ['/api/trials/address', { email: freshAddress() }],
      ['/api/trials/resend', {}],
      ['/api/trials/code', { code: '333333' }],
    ] as const)
      await colleague.press(path, fields)
    const [row] = await stack.query(
      `select state, token_issue, code_tries from trials t join leads l on l.id = t.lead_id where l.email = $1`,
      [email],
    )
    expect(row).toEqual({ state: 'requested', token_issue: 1, code_tries: 0 })
    // Who sent it keeps it, also when sending it twice.
    expect((await post(jane)).status).toBe(send === 'press' ? 303 : 200)
    expect(await jane.see('/trial/check-email')).toContain(email)
  })

test('a repeated demo form opens the demo, and nothing of who sent it first', async () => {
  const { terms: _, ...demo } = plain(freshAddress())
  const [jane, colleague] = [browser('192.0.2.31'), browser('192.0.2.31')]
  await jane.press('/api/submissions/demo', demo)
  const again = await colleague.press('/api/submissions/demo', demo)
  expect(again.headers.get('location')).toBe('/demo/watch')
  expect(colleague.cookie('ts_visitor')).toBeUndefined()
  const watch = await colleague.see('/demo/watch')
  expect(watch).toContain('<video')
  for (const personal of [demo.email, /TS-\w{8}/]) expect(watch).not.toMatch(personal)
  expect(await colleague.see('/trial')).not.toContain(demo.email)
  // What the colleague watches is not told of Jane.
  const pass = colleague.cookie('ts_watch') ?? ''
  const answer = await fetch(`${stack.url}/api/demo/progress`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ spans: '0-10', position: 10, duration: 72, pass }),
  })
  expect(answer.status).toBe(204)
  expect(
    await stack.query('select from demo_views v join leads l on l.id = v.lead_id where l.email = $1', [
      demo.email,
    ]),
  ).toEqual([])
})

test('who has another request and repeats a form is not shown that other one as the answer', async () => {
  const [mine, theirs] = [freshAddress(), freshAddress()]
  const colleague = browser('192.0.2.32')
  await browser('192.0.2.32').press('/api/submissions/trial', plain(theirs))
  await colleague.press('/api/submissions/trial', plain(mine))
  const again = await colleague.press('/api/submissions/trial', plain(theirs))
  expect(await colleague.see(again.headers.get('location') ?? '')).toContain('If you sent the trial form')
  // The own request is still there.
  expect(await colleague.see('/trial/check-email')).toContain(mine)
})

test.describe('a double click without script, in a browser', () => {
  test.use({ javaScriptEnabled: false })
  const FORMS = [
    { form: 'demo', press: 'Watch the demo', next: 'The demo' },
    { form: 'trial', press: 'Request my free trial', next: 'Check your email' },
  ]
  for (const { form: name, press, next } of FORMS)
    for (const answer of ['as it comes', 'lost'])
      test(`${name}: one submission, and it leads on; the first answer ${answer}`, async ({ page }) => {
        const email = freshAddress()
        await page.goto(`${stack.url}/${name}`)
        for (const [field, value] of Object.entries({ name: 'Jane Roe', email, company: 'Desert Spine' }))
          await page.locator(`[name="${field}"]`).fill(value)
        if (name === 'trial') await page.locator('[name="terms"]').check()
        const button = page.getByRole('button', { name: press, exact: true })
        const stored = () => stack.query(`select from submissions where fields->>'email' = $1`, [email])
        if (answer === 'lost') {
          await loseFirstAnswer(page, `**/api/submissions/${name}`)
          const again = await pressing(button)
          await again()
          await expect.poll(async () => (await stored()).length).toBe(1)
          await again()
        } else await button.dblclick()
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(next)
        if (name === 'demo') await expect(page.locator('video')).toBeVisible()
        if (name === 'trial' && answer === 'lost')
          await expect(page.getByText('If you sent the trial form, we have your request.')).toBeVisible()
        expect(await stored()).toHaveLength(1)
      })
})
