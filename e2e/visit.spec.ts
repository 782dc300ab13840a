import { expect, test } from '@playwright/test'
import { Stack } from './stack/stack.ts'
import { codeIn, freshAddress, linkIn, sentTo } from './stack/trial-visitor.ts'

/**
 * What a browser is shown depends only on what it has sent and proved itself: name, address and practice are public
 * data, so anybody can send them.
 */
const stack = new Stack()
test.beforeAll(async () => void (await stack.start({ TRUST_PROXY: '1' })))
test.afterAll(() => stack.stop())

/** A minimal HTTP client with its own network address and cookies. */
class Browser {
  readonly #network: string
  cookie = ''
  constructor(network: string) {
    this.#network = network
  }

  async #keep(answer: Response): Promise<Response> {
    const given = /^[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0]
    if (given) this.cookie = given
    return answer
  }

  async send(form: string, fields: Record<string, unknown>): Promise<Response> {
    const headers = { 'X-Forwarded-For': this.#network, Cookie: this.cookie }
    return this.#keep(await stack.post(form, fields, headers))
  }

  async press(path: string, fields: Record<string, string>): Promise<Response> {
    const headers = { 'X-Forwarded-For': this.#network, Cookie: this.cookie }
    const init = { method: 'POST', redirect: 'manual' as const, headers, body: new URLSearchParams(fields) }
    return this.#keep(await fetch(stack.url + path, init))
  }

  async see(path: string): Promise<string> {
    const answer = await fetch(stack.url + path, { headers: { Cookie: this.cookie }, redirect: 'manual' })
    return answer.status === 200 ? answer.text() : `${answer.status} ${answer.headers.get('location')}`
  }
}

const fields = (email: string) => ({ name: 'Jane Roe', email, company: 'Desert Spine' })
const trial = (email: string) => ({ ...fields(email), terms: true })

test('the same content from another network is another submission, without access to the first', async () => {
  const email = freshAddress()
  const [jane, stranger] = [new Browser('192.0.2.7'), new Browser('198.51.100.9')]
  const first = await jane.send('trial', trial(email))
  const second = await stranger.send('trial', trial(email))
  expect([first.status, second.status]).toEqual([201, 201])
  expect((await second.json()).reference).not.toBe((await first.json()).reference)
  // A double click is still one submission.
  expect((await jane.send('trial', trial(email))).status).toBe(200)
  const states = () =>
    stack.query(
      'select state from trials t join leads l on l.id = t.lead_id where l.email = $1 order by requested_at',
      [email],
    )
  await stranger.press('/api/trials/address', { email: freshAddress() })
  expect(await states()).toEqual([{ state: 'requested' }, { state: 'cancelled' }])
  expect(await jane.see('/trial/check-email')).toContain(email)
})

test('typing an address gives no access to the account that its owner confirmed', async () => {
  const email = freshAddress()
  const stranger = new Browser('198.51.100.10')
  await stranger.send('trial', { ...trial(email), name: 'Mallory' })
  const link = new URL(linkIn(await stack.sink.waitFor(sentTo(email))))
  const owner = new Browser('192.0.2.8')
  await owner.press('/trial/confirm', { token: link.searchParams.get('token') ?? '' })
  await stack.query(
    `update trials t set login_url = 'https://app.example/in' from leads l where l.id = t.lead_id and l.email = $1`,
    [email],
  )
  expect(await owner.see('/trial/started')).toContain('https://app.example/in')
  const seen = await stranger.see('/trial/started')
  expect(seen).toContain('This browser doesn’t show your way in.')
  expect(seen).not.toContain('app.example')
  for (const code of ['333333', '', 'hello']) {
    expect((await stranger.press('/api/trials/code', { code })).headers.get('location')).toBe(
      '/trial/started',
    )
    expect(await stranger.see('/trial/started'), code).not.toContain('app.example')
  }
  // Not by the used link either.
  expect(await stranger.see(`${link.pathname}${link.search}`)).not.toContain('app.example')
})

test('the code in the mail proves the mailbox like its link', async () => {
  const email = freshAddress()
  const jane = new Browser('192.0.2.9')
  await jane.send('trial', trial(email))
  const code = codeIn(await stack.sink.waitFor(sentTo(email)))
  expect((await jane.press('/api/trials/code', { code })).headers.get('location')).toBe('/trial/started')
  await stack.query(`update trials set login_url = 'https://app.example/in' where state = 'active'`)
  expect(await jane.see('/trial/started')).toContain('https://app.example/in')
})

test('a later form keeps access to the demo and the trial', async () => {
  const email = freshAddress()
  const jane = new Browser('192.0.2.11')
  await jane.send('demo', fields(email))
  await jane.send('inquiry', { ...fields(email), message: 'When do you open?' })
  expect(await jane.see('/demo/watch')).toContain('<video')
  await jane.send('trial', trial(email))
  await jane.send('inquiry', { ...fields(email), message: 'I found no mail.' })
  expect(await jane.see('/trial/check-email')).toContain('api/trials/code')
  const code = codeIn(await stack.sink.waitFor((each) => sentTo(email)(each) && !!codeIn(each)))
  await jane.press('/api/trials/code', { code })
  await jane.send('demo', { ...fields(email), message: 'Once more.' })
  expect(await jane.see('/trial/started')).toContain('Your trial has started')
  expect(await new Browser('192.0.2.12').see('/demo/watch')).toBe('307 /demo')
})

test('the trial form is prefilled from the demo form, also after an inquiry with fewer fields', async () => {
  const email = freshAddress()
  const jane = new Browser('192.0.2.14')
  await jane.send('demo', { ...fields(email), role: 'Office manager' })
  await jane.send('inquiry', { name: 'Jane Roe', email, message: 'Which EHRs?' })
  const form = await jane.see('/trial')
  for (const known of ['Desert Spine', 'Office manager', email]) expect(form).toContain(`value="${known}"`)
  // With another address it may be another person.
  await jane.send('inquiry', { name: 'John Doe', email: freshAddress(), message: 'And mine?' })
  expect(await jane.see('/trial')).not.toContain('Office manager')
})

test('cross-site requests do not count against a visitor’s rate limit', async () => {
  const limited = await new Stack().start({ RATE_LIMIT: 'on', WORKER: 'off' })
  try {
    const init = { method: 'POST', body: new URLSearchParams({ code: '333333' }) }
    for (let sent = 0; sent < 125; sent++) {
      const answer = await fetch(`${limited.url}/api/trials/code`, {
        ...init,
        headers: { Origin: 'https://evil.example' },
      })
      expect(answer.status).toBe(403)
    }
    expect((await limited.post('demo', fields(freshAddress()))).status).toBe(201)
    const own = { ...init, redirect: 'manual' as const, headers: { Accept: 'text/html' } }
    const statuses = new Set<number>()
    for (let sent = 0; sent < 125; sent++)
      statuses.add((await fetch(`${limited.url}/api/trials/code`, own)).status)
    expect([...statuses]).toEqual([303, 429])
  } finally {
    await limited.stop()
  }
})

test('asking again for a link that was used meanwhile says so, from every page', async () => {
  const email = freshAddress()
  await new Browser('192.0.2.15').send('trial', trial(email))
  const token = new URL(linkIn(await stack.sink.waitFor(sentTo(email)))).searchParams.get('token') ?? ''
  const phone = new Browser('192.0.2.16')
  await phone.press('/trial/confirm', { token })
  const asked = await new Browser('192.0.2.17').press('/api/trials/resend', { token })
  expect(asked.headers.get('location')).toBe(`/trial/confirm?token=${encodeURIComponent(token)}`)
})

test('on the usual path the page promises only mail that is sent', async () => {
  const email = freshAddress()
  const jane = new Browser('192.0.2.13')
  await jane.send('demo', fields(email))
  await jane.send('trial', trial(email))
  const left = async () =>
    ((await jane.see('/trial/check-email')).match(/action="\/api\/trials\/resend"/g) ?? []).length
  expect(await left()).toBe(1)
  for (const forms of [1, 0]) {
    expect((await jane.press('/api/trials/resend', {})).headers.get('location')).toMatch(/resent/)
    expect(await left()).toBe(forms)
  }
  expect((await jane.press('/api/trials/resend', {})).headers.get('location')).toMatch(/limit/)
  // The thanks for the demo do not count against the three confirmations.
  await expect.poll(() => stack.sink.to(email).length).toBe(4)
  expect(
    await stack.query(`select from mails where recipient = $1 and state = 'suppressed'`, [email]),
  ).toEqual([])
})
