import { randomUUID } from 'node:crypto'
import type { AddressObject } from 'mailparser'
import { expect, test } from './stack/test.ts'

const who = () => ({
  name: 'Jane <b>Roe</b>',
  email: `${randomUUID()}@example.com`,
  company: 'Desert "Spine", Inc.',
  phone: '760 334 5013',
})
const to = (address: string) => (arrived: { to: string[] }) => arrived.to.includes(address)
const link = (text: string | undefined, part: string) =>
  new RegExp(`http\\S*${part}\\S*`).exec(text ?? '')?.[0] ?? ''

test('support gets one notice, and Reply goes to the person', async ({ stack }) => {
  const fields = { ...who(), message: 'First line\n<script>alert(1)</script> http://evil.example' }
  await stack.post('demo', fields)
  await stack.post('inquiry', { ...fields, message: 'A second question' })
  const notices = async () =>
    stack.sink.arrived.filter(
      ({ to: [address], mail }) =>
        address === 'support@trackstat.org' && mail.replyTo?.value[0]?.address === fields.email,
    )
  await expect.poll(async () => (await notices()).length).toBe(2)
  const [first, second] = (await notices())
    .map(({ mail }) => mail)
    // Mails can arrive out of order; the later notice references the earlier one.
    .sort((one, other) => Number(one.subject?.startsWith('Re:')) - Number(other.subject?.startsWith('Re:')))
  if (!first || !second) throw new Error('two notices were counted')
  expect(first.subject).toContain('Demo request from')
  expect((first.to as AddressObject).value).toHaveLength(1)
  // Help desks drop mail that is marked as automatic.
  expect(first.headers.get('auto-submitted')).toBeUndefined()
  expect(first.messageId).toMatch(/^<.+@trackstat\.org>$/)
  for (const part of ['Jane <b>Roe</b>', 'First line', '760 334 5013', fields.email])
    expect(first.text).toContain(part)
  expect(first.html).toContain('tel:+17603345013')
  expect(first.html).not.toMatch(/<script>alert|href="http:\/\/evil/)
  expect(second.references).toEqual(first.references)
  expect(second.subject).toBe(`Re: ${first.subject}`)
  expect(second.text).toContain('Asked for the demo')
})

test('an acknowledgment repeats nothing that was typed, and its link opens the demo in any browser', async ({
  stack,
  browser,
}) => {
  const fields = { ...who(), message: 'buy cheap pills' }
  await stack.post('demo', fields)
  const { mail } = await stack.sink.waitFor(to(fields.email))
  for (const part of ['Jane', 'Spine', 'pills'])
    expect(`${mail.subject}${mail.text}${mail.html}`).not.toContain(part)
  const list = mail.headers.get('list') as unknown as { unsubscribe: { url: string } }
  const elsewhere = await browser.newContext()
  const page = await elsewhere.newPage()
  await page.goto(link(mail.text, 'watch\\?pass='))
  await expect(page).toHaveURL(/\/demo\/watch/)
  expect(await page.content()).not.toContain('Jane')
  await page.goto(`${stack.url}/trial`)
  await expect(page.locator('[name="email"]')).toHaveValue('')
  const unsubscribed = await fetch(list.unsubscribe.url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  expect(unsubscribed.status).toBe(204)
  await stack.post('demo', { ...fields, message: 'again' })
  const states = await stack.query('select state from mails where recipient = $1 order by created_at', [
    fields.email,
  ])
  expect(states.map(({ state }) => state)).toEqual(['sent', 'suppressed'])
  await elsewhere.close()
})

test('a person confirms a trial; a link scanner does not', async ({ stack, page }) => {
  const fields = who()
  await stack.post('trial', { ...fields, terms: true })
  const { mail } = await stack.sink.waitFor(to(fields.email))
  const confirm = link(mail.text, 'trial/confirm\\?token=')
  for (let scan = 0; scan < 25; scan++) {
    expect((await fetch(confirm)).status).toBe(200)
    await fetch(confirm, { method: 'HEAD' })
  }
  const trial = () =>
    stack.query(
      'select state, starts_at, ends_at from trials t join leads l on l.id = t.lead_id where l.email = $1',
      [fields.email],
    )
  expect(await trial()).toMatchObject([{ state: 'requested', starts_at: null }])
  await page.goto(confirm)
  await page.getByRole('button', { name: 'Start my trial' }).click()
  await page.waitForURL(/\/trial\/started$/)
  const [row] = (await trial()) as { state: string; starts_at: Date; ends_at: Date }[]
  expect(row?.state).toBe('active')
  expect(Math.round((Number(row?.ends_at) - Number(row?.starts_at)) / 86_400_000)).toBe(14)
  await expect(page.getByText(String(row?.ends_at.getUTCFullYear())).first()).toBeVisible()
  await page.goto(confirm)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/already confirmed/)
})

test('two simultaneous clicks start a trial once', async ({ stack }) => {
  const fields = who()
  await stack.post('trial', { ...fields, terms: true })
  const { mail } = await stack.sink.waitFor(to(fields.email))
  const token = new URL(link(mail.text, 'trial/confirm\\?token=')).searchParams.get('token') ?? ''
  const press = () =>
    fetch(`${stack.url}/trial/confirm`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ token }),
    })
  const answers = await Promise.all([press(), press(), press()])
  // The link proves the mailbox once; the other clicks get the page for a used link.
  const locations = answers.map((answer) => answer.headers.get('location') ?? '')
  expect(locations.filter((to) => to === '/trial/started')).toHaveLength(1)
  expect(locations.filter((to) => to.startsWith('/trial/confirm?token='))).toHaveLength(2)
  expect(
    await stack.query(
      `select e.id from events e join leads l on l.id = e.lead_id where l.email = $1 and kind = 'trial-confirmed'`,
      [fields.email],
    ),
  ).toHaveLength(1)
})
