import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parseConfig } from '#lib/config'
import { type Database, openDatabase } from '#lib/db/connection'
import { findReasonsToWithhold } from '#lib/letters/withhold'
import { runTrialClock } from '#lib/trials/clock'
import { postponeWebhook } from '#lib/webhooks/deliver'
import type { Arrived } from '../stack/mail-sink.ts'
import { Stack } from '../stack/stack.ts'

/** A trial is confirmed, and the product answers immediately, late, or not at all. */
const LINK = 'https://app.example/sign-in?invite=1'
const ready = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ login_url: LINK }))
const failing = (response: ServerResponse) => response.writeHead(503).end()
let answer: (response: ServerResponse) => unknown = ready
const receiver = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (part) => {
    body += part
  })
  request.on('end', () =>
    JSON.parse(body).type === 'trial.confirmed' ? answer(response) : response.writeHead(204).end(),
  )
})
const stack = new Stack()
let db: Database

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  await stack.start({
    WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
    WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'k').toString('base64')}`,
    WEBHOOK_ALLOW: '127.0.0.1',
  })
  db = openDatabase(stack.env.DATABASE_URL ?? '', 4)
  await vi.waitFor(
    async () =>
      expect(await stack.query('select from webhook_endpoint where url_hash is not null')).toHaveLength(1),
    { timeout: 60_000, interval: 100 },
  )
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await db.$client.end()
  await stack.stop()
})

const isWelcome = ({ mail }: Arrived) => /has started/.test(mail.subject ?? '')
const subjects = (email: string) => stack.sink.to(email).map(({ mail }) => mail.subject)

/** A trial that was just confirmed, and what its visitor's browser sees. */
async function confirm(name: string) {
  const email = `${name}@example.com`
  await stack.post('trial', { name: 'Jane Roe', email, company: 'Desert Spine', terms: true })
  const { mail } = await stack.sink.waitFor(({ to }) => to.includes(email))
  const token = /confirm\?token=(\S+)/.exec(mail.text ?? '')?.[1] ?? ''
  const pressed = await fetch(`${stack.url}/trial/confirm`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ token: decodeURIComponent(token) }),
  })
  const cookie = pressed.headers.getSetCookie().map((each) => each.split(';')[0])
  const look = async () =>
    (await fetch(`${stack.url}/trial/started`, { headers: { cookie: cookie.join('; ') } })).text()
  const [trial] = await stack.query<{ id: string; starts_at: Date; webhook: string }>(
    `select t.id, t.starts_at, w.id as webhook from trials t join leads l on l.id = t.lead_id
      left join webhooks w on w.trial_id = t.id and w.type = 'trial.confirmed' where l.email = $1`,
    [email],
  )
  if (!trial) throw new Error('the trial has not started')
  return { email, look, began: Date.now(), ...trial }
}
const welcome = (email: string) =>
  stack.sink.waitFor((arrived) => arrived.to.includes(email) && isWelcome(arrived))
const pass = (trial: { starts_at: Date }, minutes: number) =>
  runTrialClock(db, parseConfig(stack.env), new Date(trial.starts_at.getTime() + minutes * 60_000))
const mailsOf = (id: string, kind: string) =>
  stack.query<{ id: string; recipient: string; data: { what: string; steps: string[] } }>(
    'select id, recipient, data from mails where trial_id = $1 and kind = $2',
    [id, kind],
  )

test('it answers immediately: the welcome mail has the link', async () => {
  answer = ready
  const trial = await confirm('atonce')
  const { mail, at } = await welcome(trial.email)
  console.log(`[faults] answered at once: welcome with its link after ${at - trial.began} ms`)
  expect(mail.text).toContain(LINK)
  expect(await trial.look()).toContain(LINK)
  await pass(trial, 20)
  expect(await mailsOf(trial.id, 'alarm')).toEqual([])
})

test('it answers later: until then the page says so, then the welcome mail has the link', async () => {
  const held = Promise.withResolvers<ServerResponse>()
  answer = held.resolve
  const trial = await confirm('slow')
  expect(await trial.look()).toContain('being prepared')
  expect(subjects(trial.email)).toHaveLength(1)
  const response = await held.promise
  const released = Date.now()
  ready(response)
  const { mail, at } = await welcome(trial.email)
  console.log(`[faults] answered late: welcome with its link ${at - released} ms after the answer`)
  expect(mail.text).toContain(LINK)
  expect(await trial.look()).toContain(LINK)
  expect(await mailsOf(trial.id, 'trial-access')).toEqual([])
})

test('a success without a link: the welcome mail is sent immediately and says that support will send it', async () => {
  answer = (response) => response.writeHead(204).end()
  const trial = await confirm('byhand')
  const { mail } = await welcome(trial.email)
  expect(mail.text).toContain('will contact you to set up your access')
  expect(await trial.look()).toContain('your practice details, and will contact you')
  await pass(trial, 20)
  expect(await mailsOf(trial.id, 'alarm')).toEqual([])
})

test('it does not answer: a welcome mail within its limit, a notice and one alarm after ten minutes, the link when it arrives', async () => {
  answer = failing
  const trial = await confirm('never')
  const [waits] = await stack.query(
    `select extract(epoch from not_before - created_at)::int as seconds from mails
      where trial_id = $1 and kind = 'trial-welcome'`,
    [trial.id],
  )
  expect(waits).toEqual({ seconds: 45 })
  // Its 45 s have passed.
  await stack.query(`update mails set not_before = now() where trial_id = $1`, [trial.id])
  expect((await welcome(trial.email)).mail.text).toContain('being prepared')
  await pass(trial, 9.9)
  expect(await mailsOf(trial.id, 'alarm')).toEqual([])
  await Promise.all([pass(trial, 10), pass(trial, 10)])
  await pass(trial, 60)
  const alarms = await mailsOf(trial.id, 'alarm')
  expect(alarms).toHaveLength(1)
  expect(alarms[0]?.data.steps.join(' ')).toContain(`replay ${trial.webhook}`)
  await stack.sink.waitFor(({ mail }) => (mail.subject ?? '').startsWith('Alarm: The account of trial'))
  await expect
    .poll(() => subjects(trial.email))
    .toContain('Your TrackStat account is taking longer than expected')
  expect(await trial.look()).toContain('is taking longer than it should')
  const [late] = await mailsOf(trial.id, 'trial-access')
  const reason = async () => (await findReasonsToWithhold(db, [late?.id ?? ''])).get(late?.id ?? '')
  expect(await reason()).toBeUndefined()
  answer = ready
  await postponeWebhook(db, trial.webhook, 0, null)
  const { mail } = await stack.sink.waitFor(({ mail }) => mail.subject === 'Your TrackStat account is ready')
  expect(mail.text).toContain(LINK)
  expect(await trial.look()).toContain(LINK)
  // If the late notice were still waiting, it would now be withheld.
  expect(await reason()).toMatch(/account is there/)
  await postponeWebhook(db, trial.webhook, 0, null)
  await pass(trial, 60)
  expect([
    (await mailsOf(trial.id, 'alarm')).length,
    (await mailsOf(trial.id, 'trial-access')).length,
  ]).toEqual([1, 2])
})
