import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reply } from '../stack/mail-sink.ts'
import { Stack } from '../stack/stack.ts'

let stack: Stack
beforeEach(async () => {
  stack = await new Stack().start({ SUPPORT_FALLBACK_EMAIL: 'owner@trackstat.org' })
})
afterEach(() => stack.stop())

const post = async (email = `${randomUUID()}@example.com`) => {
  const answer = await stack.post('demo', { name: 'Jane Roe', email, company: 'Desert Spine' })
  expect(answer.status).toBe(201)
  return email
}
const mailTo = async (email: string) =>
  (
    await stack.query<{ state: string; last_error: string; attempts: number; message_id: string }>(
      'select * from mails where recipient = $1',
      [email],
    )
  )[0]
const until = (work: () => Promise<unknown>) => expect.poll(work, { interval: 100 })
const ready = async () => (await fetch(`${stack.url}/readyz`)).json()
/** Makes waiting retries due now; their delay is not tested here. */
const makeRetriesDue = () => stack.query(`update mails set not_before = now() where state = 'queued'`)

/** Waits until no mail is queued or being sent. */
const untilQueueEmpty = () =>
  until(() => stack.query(`select state from mails where state in ('queued', 'sending')`)).toEqual([])

test('from commit to the mail server in the usual case: immediately, by the median', async () => {
  await post()
  await until(async () => stack.sink.arrived.length).toBe(2)
  const times: number[] = []
  for (let i = 0; i < 15; i++) {
    const email = `${randomUUID()}@example.com`
    const began = Date.now()
    await post(email)
    times.push((await stack.sink.waitFor(({ to }) => to.includes(email))).at - began)
  }
  times.sort((a, b) => a - b)
  console.log(`[faults] request to mail in the sink: median ${times[7]} ms, slowest ${times[14]} ms`)
  // Under a second on a quiet machine; a retry would take minutes.
  expect(times[7]).toBeLessThan(10_000)
})

test('mail server down, then up: visitors notice nothing, /readyz?delivery reports it, support’s notices are sent first', async () => {
  await stack.sink.stop()
  const emails = await Promise.all(Array.from({ length: 12 }, () => post()))
  await until(async () => (await ready()).mail).toBe('unreachable')
  expect((await fetch(`${stack.url}/readyz`)).status).toBe(200)
  expect((await fetch(`${stack.url}/readyz?delivery`)).status).toBe(503)
  expect(await stack.query(`select 1 from mails where state = 'failed'`)).toEqual([])
  await stack.sink.start()
  const began = Date.now()
  await until(async () => emails.filter((email) => stack.sink.to(email).length === 1).length).toBe(12)
  console.log(`[faults] mail server back: 24 mails drained after ${Date.now() - began} ms`)
  const kinds = stack.sink.arrived.map(({ to: [address] }) =>
    address === 'support@trackstat.org' ? 'notice' : 'acknowledgment',
  )
  // Twelve notices over five connections: eight have arrived before a connection is free for an acknowledgment.
  expect(kinds.slice(0, 8)).toEqual(Array(8).fill('notice'))
  await until(async () => (await ready()).mail).toBe('ok')
})

test('4xx and a connection that breaks after the dot: retried with the same bytes and Message-ID', async () => {
  const seen: string[] = []
  stack.sink.behavior = {
    dot: ([address = '']) => {
      seen.push(address)
      return seen.filter((one) => one === address).length === 1 ? 'drop' : undefined
    },
  }
  const email = await post()
  await until(async () => stack.sink.to(email).length).toBe(1)
  await until(async () => (await mailTo(email))?.state).toBe('queued')
  await makeRetriesDue()
  await until(async () => (await mailTo(email))?.state).toBe('sent')
  const [first, second] = stack.sink.to(email)
  expect(second?.raw.equals(first?.raw ?? Buffer.of())).toBe(true)
  let asked = 0
  stack.sink.behavior = {
    rcpt: (address) => (address.startsWith('grey') && asked++ === 0 ? reply(451, 'Greylisted') : undefined),
  }
  await post('grey@example.com')
  await until(async () => (await mailTo('grey@example.com'))?.last_error ?? '').toContain('451')
  await makeRetriesDue()
  await until(async () => (await mailTo('grey@example.com'))?.state).toBe('sent')
  expect(
    await stack.query(
      'select outcome from mail_attempts a join mails m on m.id = a.mail_id where recipient = $1 order by a.id',
      ['grey@example.com'],
    ),
  ).toEqual([{ outcome: 'temporary' }, { outcome: 'sent' }])
})

test('5xx for a recipient: failed, others are sent; for support’s mailbox: fallback address and alarm', async () => {
  stack.sink.behavior = {
    rcpt: (address) => (/^(gone|support)@/.test(address) ? reply(550, 'No such mailbox') : undefined),
  }
  await post('gone@example.com')
  const other = await post()
  await until(async () => (await mailTo('gone@example.com'))?.state).toBe('failed')
  await until(async () => stack.sink.to(other).length).toBe(1)
  await until(async () =>
    stack.sink
      .to('owner@trackstat.org')
      .map(({ mail }) => mail.subject)
      .sort(),
  ).toEqual([
    expect.stringContaining('Alarm'),
    expect.stringContaining('Demo request'),
    expect.stringContaining('Demo request'),
  ])
})

test('a slow reply delays only its own mail, and a mail that can’t be composed stops nothing', async () => {
  const slowness = Promise.withResolvers<undefined>()
  stack.sink.behavior = {
    dot: ([address = '']) => (address.startsWith('slow') ? slowness.promise : undefined),
  }
  await post('slow@example.com')
  const other = await post()
  await stack.sink.waitFor(({ to }) => to.includes(other))
  await stack.query(
    `insert into mails (id, kind, recipient, message_id, state) values ('00000000-0000-4000-8000-000000000001', 'nonsense', 'x@example.com', '<x@x>', 'queued')`,
  )
  await until(async () => (await mailTo('x@example.com'))?.state).toBe('failed')
  expect(stack.sink.to('slow@example.com')).toEqual([])
  slowness.resolve(undefined)
  await until(async () => stack.sink.to('slow@example.com').length).toBe(1)
})

test('SIGTERM: the worker finishes its current mail and exits 0; nothing is sent twice', async () => {
  stack.sink.behavior = {
    dot: async () => {
      await sleep(1500)
      return undefined
    },
  }
  const email = await post()
  await until(async () => (await mailTo(email))?.state).toBe('sending')
  const began = Date.now()
  await stack.kill(stack.worker, 'SIGTERM')
  expect(stack.worker?.exitCode).toBe(0)
  // It is given 9 s for that; the rest is a margin for a busy machine.
  expect(Date.now() - began).toBeLessThan(20_000)
  stack.sink.behavior = {}
  stack.startWorker()
  await until(async () => (await mailTo(email))?.state).toBe('sent')
  await untilQueueEmpty()
  expect(stack.sink.to(email)).toHaveLength(1)
  await stack.kill(stack.web, 'SIGTERM')
  expect(stack.web.exitCode).toBe(0)
})

test('two workers send each mail once', async () => {
  const first = stack.worker
  stack.startWorker()
  const emails = await Promise.all(Array.from({ length: 40 }, () => post()))
  await until(async () => emails.filter((email) => stack.sink.to(email).length).length).toBe(40)
  await untilQueueEmpty()
  expect(stack.sink.arrived).toHaveLength(80)
  await stack.kill(first)
})
