import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endLeases } from '../stack/leases.ts'
import type { Arrived } from '../stack/mail-sink.ts'
import { Stack } from '../stack/stack.ts'

/**
 * Floods of mail through the forms. The limits are those of lib/mail/allowance.ts, written out here: three mails a day
 * to a mailbox; 30 an hour from a network to unproven mailboxes; 10 notices in ten minutes from a network before they
 * are folded. The rate limit stores 120 submissions in ten minutes from a network.
 */
const stack = new Stack()
const SUPPORT = 'support@trackstat.org'
const until = <Result>(probe: () => Result, timeout = 30_000) => expect.poll(probe, { timeout, interval: 50 })

beforeEach(async () => {
  stack.sink.arrived.length = 0
  await stack.start({ RATE_LIMIT: 'on', TRUST_PROXY: '1' })
})
afterEach(() => stack.stop())

/** Sends a demo request from a network and retries a 503, like the form. Returns status and reference. */
async function ask(email: string, network: string) {
  const fields = { name: 'Jane Roe', email, company: 'Desert Spine' }
  const headers = { 'Idempotency-Key': randomUUID(), 'X-Forwarded-For': network }
  let answer = await stack.post('demo', fields, headers)
  for (; answer.status === 503; await sleep(500)) answer = await stack.post('demo', fields, headers)
  return { status: answer.status, ...((await answer.json()) as { reference?: string }) }
}

const to = (fits: (address: string) => boolean) =>
  stack.sink.arrived.filter(({ to: [address = ''] }) => fits(address))
const about = (subject: string) => (arrived: Arrived) =>
  arrived.to.includes(SUPPORT) && !!arrived.mail.subject?.startsWith(subject)
const supportGot = (subject: string) => stack.sink.arrived.filter(about(subject))
const unsent = () => stack.query(`select 1 from mails where state in ('queued', 'sending')`)
const count = async (condition: string) =>
  (await stack.query<{ n: number }>(`select count(*)::int as n from mails where ${condition}`))[0]?.n

/** Moves folded notices past the ten-minute window, and makes the worker's next look at them due now. */
const endWindow = () =>
  stack.query(
    `update mails set created_at = created_at - interval '11 minutes' where folded and digest_id is null;
     update schedules set due_at = now() where name = 'digests'`,
  )

/** The references that the digests list. A second copy of a digest, as after a kill, is ignored. */
const digested = () => {
  const digests = new Map(supportGot('Digest').map(({ mail }) => [mail.messageId, mail.text ?? '']))
  return [...digests.values()].flatMap((text) => text.match(/^TS-\w{8}(?= · )/gm) ?? [])
}

test('130 posts to one mailbox under 130 tags, from as many networks: three mails', async () => {
  const answers = await Promise.all(
    Array.from({ length: 130 }, (_, n) => ask(`vic.tim+${n}@example.org`, `198.51.100.${n}`)),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(130).fill(201))
  await until(async () => (await unsent()).length).toBe(0)
  expect(to((address) => address.startsWith('vic'))).toHaveLength(3)
  expect(await count(`kind = 'demo-thanks' and state = 'suppressed'`)).toBe(127)
})

test('130 posts from one network: the limits hold, one alarm, and the digest lists every folded notice', async () => {
  // One mailbox, with tags and capitals, and many mailboxes.
  const answers = await Promise.all(
    Array.from({ length: 130 }, (_, n) =>
      ask(n % 2 ? `Victim+${n}@Example.ORG` : `${randomUUID()}@example.com`, '198.51.100.1'),
    ),
  )
  const stored = answers.filter(({ status }) => status === 201).length
  // The rate limit counts retries, too.
  expect(stored).toBeLessThanOrEqual(120)
  expect(stored).toBeGreaterThan(80)
  // Another visitor meanwhile: answered and reported to support immediately.
  const other = await ask('jane@desertspine.example', '203.0.113.9')
  await stack.sink.waitFor(({ to }) => to.includes('jane@desertspine.example'))
  await stack.sink.waitFor(({ mail }) => !!mail.text?.includes(other.reference ?? ''))

  await until(async () => (await unsent()).length).toBe(0)
  expect(to((address) => address.toLowerCase().startsWith('victim'))).toHaveLength(3)
  expect(to((address) => address.endsWith('@example.com')).length).toBe(27)
  expect(supportGot('Alarm: Replies to unconfirmed')).toHaveLength(1)
  expect(await count(`folded and state = 'held'`)).toBe(stored - 10)

  // The worker is killed while it sends a digest; every notice is still reported.
  let release = () => {}
  const released = new Promise<undefined>((done) => {
    release = () => done(undefined)
  })
  stack.sink.behavior.dot = () => released
  await endWindow()
  await until(() => count(`kind = 'notice-digest' and state = 'sending'`), 90_000).toBeGreaterThan(0)
  await stack.kill(stack.worker)
  release()
  await endLeases(stack, 'mails')
  stack.startWorker()
  await until(() => count(`folded and state = 'sent'`), 60_000).toBe(stored - 10)
  const noticed = await stack.query<{ reference: string }>(
    `select reference from mails join submissions s on s.id = submission_id where folded order by reference`,
  )
  expect(digested().sort()).toEqual(noticed.map(({ reference }) => reference))
})

test('an office of ten people with one network address never meets a limit', async () => {
  const emails = Array.from({ length: 10 }, (_, n) => `doctor${n}@desertspine.example`)
  for (const email of emails) expect((await ask(email, '203.0.113.7')).status).toBe(201)
  await until(async () => (await unsent()).length).toBe(0)
  expect(to((address) => emails.includes(address))).toHaveLength(10)
  expect(supportGot('Demo request')).toHaveLength(10)
})

test('a page promises no mail that a limit may have withheld, and the mail can be sent later', async () => {
  const network = '198.51.100.77'
  for (let n = 0; n < 30; n++) await ask(`many${n}@example.com`, network)
  const page = async (path: string, cookie: string, body?: URLSearchParams) => {
    const headers = { Cookie: cookie, 'X-Forwarded-For': network, Origin: stack.url }
    const init = body && { method: 'POST', body }
    return fetch(stack.url + path, { headers, redirect: 'manual', ...init })
  }
  const email = 'late@desertspine.example'
  const form = { name: 'Jane Roe', email, company: 'Desert Spine', terms: 'on' }
  const sent = await page('/api/submissions/trial', '', new URLSearchParams(form))
  const cookie = sent.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const waiting = await (await page('/trial/check-email', cookie)).text()
  expect(waiting).toContain('Your email may not have been sent.')
  expect(waiting).not.toContain('We’re sending')

  const resend = () => page('/api/trials/resend', cookie, new URLSearchParams())
  await resend()
  const still = await (await page('/trial/check-email?resent=1', cookie)).text()
  expect(still).toContain('Your email may not have been sent.')
  expect(still).not.toContain('is on its way')

  await stack.query(`update mail_grants set at = at - interval '61 minutes'`)
  const answer = await resend()
  const after = await (await page(answer.headers.get('location') ?? '', cookie)).text()
  expect(after).toContain('A new email is on its way.')
  await stack.sink.waitFor(({ to }) => to.includes(email))
  expect(to((address) => address === email)).toHaveLength(1)
})
