import { randomUUID } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Stack } from './stack/stack.ts'
import { expect, test } from './stack/test.ts'

const to = (address: string) => (arrived: { to: string[] }) => arrived.to.includes(address)
const link = (text: string | undefined) => /http\S*trial\/confirm\?token=\S*/.exec(text ?? '')?.[0] ?? ''
const codeIn = (text: string | undefined) => /^ {4}(\w{6})$/m.exec(text ?? '')?.[1] ?? ''
const fresh = () => `${randomUUID()}@example.com`

async function ask(page: Page, email: string) {
  await page.goto('/trial')
  for (const [name, value] of Object.entries({ name: 'Jane Roe', email, company: 'Desert Spine' }))
    await page.locator(`[name="${name}"]`).fill(value)
  await page.locator('[name="terms"]').check()
  await page.getByRole('button', { name: 'Request my free trial', exact: true }).click()
  await page.waitForURL(/check-email$/)
}
const stateOf = async (stack: Stack, email: string) =>
  (
    await stack.query<{ state: string }>(
      `select t.state from trials t join leads l on l.id = t.lead_id where l.email = $1`,
      [email],
    )
  ).map(({ state }) => state)
const check = async (page: Page) =>
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
  ).toEqual([])

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled, timezoneId: 'Asia/Tokyo' })

    test('from the article to a running trial, by link, past a scanner', async ({ stack, page }) => {
      const email = fresh()
      await page.goto('/97014')
      for (const [name, value] of Object.entries({ name: 'Jane Roe', email, company: 'Desert Spine' }))
        await page.locator(`[name="${name}"]`).fill(value)
      await page.locator('form[action="/api/submissions/demo"] button[type="submit"]').click()
      await page.waitForURL(/\/demo\/watch/)
      await page
        .getByRole('link', { name: /free trial/i })
        .last()
        .click()
      await expect(page.locator('[name="email"]')).toHaveValue(email)
      await expect(page.locator('[name="company"]')).toHaveValue('Desert Spine')
      await page.locator('[name="terms"]').check()
      await page.getByRole('button', { name: 'Request my free trial', exact: true }).click()
      await page.waitForURL(/check-email$/)
      const { mail } = await stack.sink.waitFor(
        (arrived) => to(email)(arrived) && !!link((arrived as { mail: { text?: string } }).mail.text),
      )
      for (let scan = 0; scan < 50; scan++) {
        await fetch(link(mail.text))
        await fetch(link(mail.text), { method: 'HEAD' })
      }
      expect(await stateOf(stack, email)).toEqual(['requested'])
      await page.goto(link(mail.text))
      await page.getByRole('button', { name: 'Start my trial' }).click()
      await page.waitForURL(/\/trial\/started$/)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your trial has started')
      await expect(page.getByText('(Asia/Tokyo)')).toHaveCount(javaScriptEnabled ? 2 : 0)
      if (javaScriptEnabled) await check(page)
      const welcome = await stack.sink.waitFor(
        (arrived) =>
          to(email)(arrived) &&
          /has started/.test((arrived as { mail: { subject?: string } }).mail.subject ?? ''),
      )
      expect(welcome.mail.attachments[0]?.content.toString()).toMatch(
        /BEGIN:VEVENT[\s\S]*DTSTART:\d{8}T\d{6}Z/,
      )
    })

    test('by code, wrong first and then right', async ({ stack, page }) => {
      const email = fresh()
      await ask(page, email)
      if (javaScriptEnabled) await check(page)
      const { mail } = await stack.sink.waitFor(to(email))
      const code = codeIn(mail.text)
      await page.getByLabel('Code from the mail').fill(code === '333333' ? '444444' : '333333')
      await page.getByRole('button', { name: 'Start my trial' }).click()
      await expect(page.getByText('4 tries are left')).toBeVisible()
      await expect(page.getByLabel('Code from the mail')).toHaveValue(/^[34]{6}$/)
      await expect(page).toHaveTitle(/^Error: /)
      if (javaScriptEnabled) await check(page)
      await page.getByLabel('Code from the mail').fill(` ${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`)
      await page.getByRole('button', { name: 'Start my trial' }).click()
      await page.waitForURL(/\/trial\/started$/)
      expect(await stateOf(stack, email)).toEqual(['active'])
      await page.goto('/trial/check-email')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/already confirmed/)
    })

    test('a wrong address is corrected once, without typing all again', async ({ stack, page }) => {
      const [wrong, right] = [fresh(), fresh()]
      await ask(page, wrong)
      const { mail } = await stack.sink.waitFor(to(wrong))
      await page.getByLabel('Your e-mail address').fill('no address')
      await page.getByRole('button', { name: 'Correct the address' }).click()
      await expect(page.locator('#address-error')).toBeVisible()
      await expect(page.getByLabel('Your e-mail address')).toHaveValue('no address')
      await page.getByLabel('Your e-mail address').fill(right)
      await page.getByRole('button', { name: 'Correct the address' }).click()
      await expect(page.getByText(right)).toBeVisible()
      await expect(page.getByText('corrected once already')).toBeVisible()
      expect(await stateOf(stack, wrong)).toEqual(['cancelled'])
      await page.goto(link(mail.text))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/withdrawn/)
      const second = await stack.sink.waitFor(to(right))
      await page.goto('/trial/check-email')
      await page.getByLabel('Code from the mail').fill(codeIn(second.mail.text))
      await page.getByRole('button', { name: 'Start my trial' }).click()
      await page.waitForURL(/\/trial\/started$/)
      expect(await stateOf(stack, right)).toEqual(['active'])
    })
  })

test('who has a trial learns it from the mail alone', async ({ stack, page }) => {
  const email = fresh()
  await ask(page, email)
  const first = await stack.sink.waitFor(to(email))
  await page.goto(link(first.mail.text))
  await page.getByRole('button', { name: 'Start my trial' }).click()
  await page.waitForURL(/\/trial\/started$/)
  await page.context().clearCookies()
  const known = await stack.post('trial', { name: 'Mallory', email, company: 'Elsewhere', terms: true })
  const unknown = await stack.post('trial', {
    name: 'Mallory',
    email: fresh(),
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

test('the product reads and orders by API; strangers and the ledger are refused', async ({ stack }) => {
  const token = 'a token of the product, forty characters.'.replaceAll(' ', '-')
  await stack.kill(stack.web, 'SIGTERM')
  stack.env.API_TOKEN = token
  await stack.startWeb()
  const { reference } = await (
    await stack.post('trial', { name: 'Jane', email: fresh(), company: 'Desert Spine', terms: true })
  ).json()
  const call = (path: string, method: string, body?: unknown, bearer = token) =>
    fetch(`${stack.url}/api/trials/${reference}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${bearer}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': reference,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  expect((await call('', 'GET', undefined, 'wrong')).status).toBe(401)
  expect(await (await call('', 'GET')).json()).toMatchObject({ reference, state: 'requested', ends_at: null })
  const early = await call('/convert', 'POST')
  expect([early.status, (await early.json()).detail]).toEqual([409, expect.stringContaining('requested')])
  expect((await call('/extend', 'POST', { days: 0 })).status).toBe(422)
  for (let twice = 0; twice < 2; twice++)
    expect(await (await call('/cancel', 'POST')).json()).toMatchObject({ state: 'cancelled' })
})
