import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { CookieBrowser } from './stack/cookie-browser.ts'
import { loseFirstAnswer, pressing } from './stack/lost-answer.ts'
import { Stack } from './stack/stack.ts'
import { freshAddress, linkIn, sentTo, statesOf } from './stack/trial-visitor.ts'

/** Repeated forms, by the same or another person, and reused idempotency keys. */
const stack = new Stack()
test.beforeAll(async () => void (await stack.start({ TRUST_PROXY: '1' })))
test.afterAll(() => stack.stop())

const browser = (network = '192.0.2.1') => new CookieBrowser(stack, network)
const form = (email: string) => ({ name: 'Jane Roe', email, company: 'Desert Spine', terms: true })
const plain = (email: string) => ({ ...form(email), terms: 'on' })

test('an idempotency key equal to the trial’s id does not block correcting its address', async () => {
  const [wrong, right] = [freshAddress(), freshAddress()]
  const jane = browser('192.0.2.20')
  await jane.send('trial', form(wrong))
  const mail = await stack.sink.waitFor((each) => sentTo(wrong)(each) && !!linkIn(each))
  const [trialId = ''] = (new URL(linkIn(mail)).searchParams.get('token') ?? '').split(':')
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

test('a key that is not a UUID is refused', async () => {
  for (const key of [`correction:${randomUUID()}`, `order:${randomUUID()}`, `content:${randomUUID()}`])
    expect((await browser().send('demo', form(freshAddress()), { 'Idempotency-Key': key })).status).toBe(422)
})

for (const send of ['press', 'send'] as const)
  test(`the same content again is acknowledged, but gives no access to the first submission (${send})`, async () => {
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
    // The sender keeps access, also after sending it twice.
    expect((await post(jane)).status).toBe(send === 'press' ? 303 : 200)
    expect(await jane.see('/trial/check-email')).toContain(email)
  })

test('a repeated demo form opens the demo, and nothing of the first sender', async () => {
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
  // The colleague's views are not recorded for Jane.
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

test('repeating a form does not show the visitor’s other request as the result', async () => {
  const [mine, theirs] = [freshAddress(), freshAddress()]
  const colleague = browser('192.0.2.32')
  await browser('192.0.2.32').press('/api/submissions/trial', plain(theirs))
  await colleague.press('/api/submissions/trial', plain(mine))
  const again = await colleague.press('/api/submissions/trial', plain(theirs))
  expect(await colleague.see(again.headers.get('location') ?? '')).toContain('If you sent the trial form')
  // The visitor's own request is still there.
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
      test(`${name}: one submission, and the next page opens; the first response ${answer}`, async ({
        page,
      }) => {
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
