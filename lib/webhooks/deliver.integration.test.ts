import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Config, parseConfig } from '#lib/config'
import { type Database, openDatabase } from '#lib/db/connection'
import { capture } from '#lib/leads/capture'
import { lockTrial } from '#lib/trials/lock'
import { startTrial } from '#lib/trials/start-trial'
import { deliverWebhook, postponeWebhook } from '#lib/webhooks/deliver'
import { enable, storeEndpoint } from '#lib/webhooks/endpoint'
import { createDatabase } from '../../e2e/stack/postgres.ts'

const secret = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`
type Got = { headers: IncomingHttpHeaders; body: string }

let db: Database
let drop: () => Promise<void>
const closing: (() => void)[] = []

beforeAll(async () => {
  const database = await createDatabase()
  db = openDatabase(database.url, 4)
  drop = database.drop
})
afterEach(() => {
  for (const close of closing.splice(0)) close()
})
afterAll(async () => {
  await db.$client.end()
  await drop()
})

/** Starts a real receiver. @returns its config and what it received */
async function receive(answer: (response: ServerResponse) => unknown) {
  const got: Got[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      answer(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const config = parseConfig({
    WEBHOOK_URL: `http://localhost:${port}/hook`,
    WEBHOOK_SECRET: secret,
    WEBHOOK_ALLOW: 'localhost',
  })
  await storeEndpoint(db, config)
  return { got, config }
}

const query = async (text: string, ...values: unknown[]) => (await db.$client.query(text, values)).rows
let count = 0
async function submit(form: 'demo' | 'trial' = 'demo', message?: string) {
  const values = {
    name: 'Jane Roe',
    email: `w${++count}@example.com`,
    company: 'Desert Spine',
    terms: true,
    message,
  }
  const stored = await capture(db.$client, { form, values, attribution: {} }, parseConfig({}))
  if (stored.outcome === 'conflict') throw new Error('a new submission has no conflict')
  const rows = await query(
    'select * from webhooks where submission_id = $1 order by type',
    stored.submissionId,
  )
  return { ...stored, rows, id: rows[0]?.id as string }
}
/** Claims the webhook if it is due and makes an attempt, as the worker does. */
const deliver = async (id: string, config: Config) => {
  if (!config.webhook) throw new Error('it has a receiver')
  const due = await query(
    `update webhooks set state = 'sending', not_before = now() + interval '20 seconds'
     where id = $1 and state in ('queued', 'sending') and not_before <= now() returning id`,
    id,
  )
  if (due.length) await deliverWebhook(db, id, config.webhook, config)
}
const alarms = async () =>
  (await query(`select data->>'what' as what from mails where kind = 'alarm' order by created_at`)).map(
    ({ what }) => what,
  )
const stateOf = async (id: string) => (await query('select * from webhooks where id = $1', id))[0]
const makeDue = (id: string) => query('update webhooks set not_before = now() where id = $1', id)
const status =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end()

test('without a receiver there is no webhook; a rolled-back transaction leaves none', async () => {
  await storeEndpoint(db, parseConfig({}))
  expect((await submit()).rows).toEqual([])
  await receive(status(204))
  const client = await db.$client.connect()
  await client.query('begin')
  const values = { name: 'Jane', email: 'back@example.com', company: 'X' }
  const stored = await capture(client, { form: 'demo', values, attribution: {} }, parseConfig({}))
  expect((await client.query(`select from webhooks where type = 'lead.submitted'`)).rowCount).toBe(1)
  await client.query('rollback')
  client.release()
  expect(stored.outcome).toBe('stored')
  expect(await query('select from webhooks')).toEqual([])
})

test('a submission is announced, signed by the standard, with a reference and nobody’s name', async () => {
  const { got, config } = await receive(status(204))
  const { rows, reference } = await submit('trial')
  expect(rows.map(({ type }) => type)).toEqual(['lead.submitted', 'trial.requested'])
  for (const { id } of rows) await deliver(id, config)
  const events = got.map(({ headers, body }) =>
    new Webhook(secret).verify(body, headers as Record<string, string>),
  )
  expect(events).toEqual([
    { type: 'lead.submitted', timestamp: expect.any(String), data: { reference, form: 'trial' } },
    {
      type: 'trial.requested',
      timestamp: expect.any(String),
      data: {
        reference,
        state: 'requested',
        cause: 'visitor',
        requested_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    },
  ])
  expect(JSON.stringify(got)).not.toMatch(/Jane|Desert|w\d+@example/)
  expect(await stateOf(rows[0].id)).toMatchObject({ state: 'delivered', attempts: 1 })
  await deliver(rows[0].id, config)
  expect(got).toHaveLength(2)
})

test('what looks like spam is not announced', async () => {
  await receive(status(204))
  const spam = 'http://a.example http://b.example http://c.example http://d.example http://e.example'
  const { rows, submissionId } = await submit('demo', spam)
  expect(await query('select verdict from submissions where id = $1', submissionId)).toEqual([
    { verdict: 'held' },
  ])
  expect(rows).toEqual([])
})

test('a receiver that fails gets the same id and the same bytes again', async () => {
  const answers = [status(500), status(302, { location: '/elsewhere' }), status(200)]
  const { got, config } = await receive((response) => answers[got.length - 1]?.(response))
  const { id } = await submit()
  for (let attempt = 0; attempt < 3; attempt++) {
    await deliver(id, config)
    await makeDue(id)
  }
  expect(await stateOf(id)).toMatchObject({ state: 'delivered', attempts: 3 })
  expect(new Set(got.map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1)
  const attempts = await query(
    'select status, ended_at from webhook_attempts where webhook_id = $1 order by id',
    id,
  )
  expect(attempts.map((attempt) => attempt.status)).toEqual([500, 302, 200])
  expect(attempts.every(({ ended_at }) => ended_at)).toBe(true)
})

test('Retry-After is obeyed, and an attempt that comes earlier sends nothing', async () => {
  const { got, config } = await receive(status(429, { 'retry-after': '3600' }))
  const { id } = await submit()
  await deliver(id, config)
  await deliver(id, config)
  expect(got).toHaveLength(1)
  const [{ seconds }] = await query(
    'select extract(epoch from not_before - now())::int as seconds from webhooks where id = $1',
    id,
  )
  expect(seconds).toBeGreaterThan(3590)
})

test('a receiver that hangs costs fifteen seconds and is tried again', async () => {
  const { timeout } = AbortSignal
  // The clock alone is put forward: the deadline is the real one, after a tenth of a second.
  const clock = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 150))
  const { config } = await receive((response) => response.writeHead(200).write('{'))
  const { id } = await submit()
  await deliver(id, config)
  expect(clock.mock.calls).toEqual([[15_000]])
  clock.mockRestore()
  expect(await stateOf(id)).toMatchObject({ state: 'queued', last_error: expect.stringContaining('15 s') })
})

test('410 ends it: nothing more is sent there, support gets an alarm, and it can be enabled again', async () => {
  const { got, config } = await receive(status(410))
  const [first, second] = [await submit(), await submit()]
  await deliver(first.id, config)
  await deliver(second.id, config)
  expect(got).toHaveLength(1)
  expect([await stateOf(first.id), await stateOf(second.id)]).toMatchObject([
    { state: 'failed' },
    { state: 'failed' },
  ])
  expect(await alarms()).toEqual(['The receiver of webhooks is gone'])
  // Enabled again as the alarm says, then 410 again: a second alarm.
  await enable(db)
  await postponeWebhook(db, first.id, 0, null)
  await deliver(first.id, config)
  expect(got).toHaveLength(2)
  expect(await alarms()).toHaveLength(2)
  const elsewhere = await receive(status(204))
  const third = await submit()
  await deliver(third.id, elsewhere.config)
  expect(elsewhere.got).toHaveLength(1)
  // The operator sets the first address again, which enables it.
  await storeEndpoint(db, config)
  await deliver((await submit()).id, config)
  expect(got).toHaveLength(3)
})

test('a private address that is not in WEBHOOK_ALLOW is not connected to', async () => {
  const { got, config } = await receive(status(204))
  if (!config.webhook) throw new Error('it has a receiver')
  const { id } = await submit()
  await deliver(id, { ...config, webhook: { ...config.webhook, allow: [] } })
  expect(got).toEqual([])
  expect(await stateOf(id)).toMatchObject({
    state: 'queued',
    last_error: expect.stringContaining('WEBHOOK_ALLOW'),
  })
})

test('an address in the place of a name is refused before any connection', async () => {
  const { got, config } = await receive(status(204))
  const { id } = await submit()
  const url = config.webhook?.url.replace('localhost', '127.0.0.1') ?? ''
  await deliver(id, { ...config, webhook: { url, secret, allow: [] } })
  expect(got).toEqual([])
  expect((await stateOf(id)).last_error).toContain('not a public address')
})

test('a 101 response fails the attempt at once', async () => {
  const { config } = await receive((response) =>
    response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
  )
  const { id } = await submit()
  await deliver(id, config)
  expect(await stateOf(id)).toMatchObject({
    state: 'queued',
    last_error: 'the connection was closed without an answer',
  })
})

test('each attempt has its own connection and records its error and time', async () => {
  const sockets = new Set<unknown>()
  const { config, got } = await receive((response) => {
    sockets.add(response.socket)
    response.writeHead(500).end()
  })
  const { id } = await submit()
  for (let attempt = 0; attempt < 2; attempt++) {
    await deliver(id, config)
    await makeDue(id)
  }
  expect([got.length, sockets.size]).toEqual([2, 2])
  const attempts = await query('select error from webhook_attempts where webhook_id = $1', id)
  expect(attempts).toEqual(Array(2).fill({ error: 'the receiver answered 500' }))
})

test('support gets an alarm after four failures, and again when the webhook is given up after ten', async () => {
  await query(`delete from mails where kind = 'alarm'`)
  const { config } = await receive(status(500))
  const { id } = await submit()
  for (let attempt = 1; attempt <= 10; attempt++) {
    await makeDue(id)
    await deliver(id, config)
    expect(await alarms(), `attempt ${attempt}`).toHaveLength(attempt < 4 ? 0 : attempt < 10 ? 1 : 2)
  }
  expect(await stateOf(id)).toMatchObject({ state: 'failed', attempts: 10 })
  expect(await alarms()).toEqual([
    'The receiver of webhooks accepts nothing',
    'A webhook could not be delivered in three days',
  ])
})

test('an earlier attempt that ends after a replay is ignored', async () => {
  const held: ServerResponse[] = []
  const { config, got } = await receive((response) =>
    got.length === 1 ? held.push(response) : response.writeHead(204).end(),
  )
  const { id } = await submit()
  const first = deliver(id, config)
  await expect.poll(() => held.length).toBe(1)
  await postponeWebhook(db, id, 0, null)
  await deliver(id, config)
  held[0]?.writeHead(500).end()
  await first
  expect(await stateOf(id)).toMatchObject({ state: 'delivered' })
})

/** A trial that has just been confirmed, and its event. */
async function confirmed() {
  const { submissionId } = await submit('trial')
  await db.transaction(async (tx) => {
    const trial = await lockTrial(tx, sql`t.submission_id = ${submissionId}`)
    if (trial) await startTrial(tx, trial)
  })
  await query(`delete from mails where submission_id = $1 and kind = 'trial-welcome'`, submissionId)
  const [webhook] = await query(
    `select * from webhooks where submission_id = $1 and type = 'trial.confirmed'`,
    submissionId,
  )
  const link = async () =>
    (await query('select login_url from trials where submission_id = $1', submissionId))[0].login_url
  return { webhook, link }
}

test('the product answers the confirmation with the address to sign in at', async () => {
  for (const [type, login_url, kept] of [
    ['application/json', 'https://app.example/start?t=1', 'https://app.example/start?t=1'],
    ['Application/JSON; charset=utf-8', 'HTTPS://app.example/a b', 'https://app.example/a%20b'],
    ['application/vnd.app+json', 'https://app.example/x', 'https://app.example/x'],
    // Allowed by the operator: a product in the same network.
    ['application/json', 'http://localhost:8080/in', 'http://localhost:8080/in'],
  ] as const) {
    const { config } = await receive((response) =>
      response.writeHead(200, { 'content-type': type }).end(JSON.stringify({ login_url })),
    )
    const { webhook, link } = await confirmed()
    expect(webhook.data).toMatchObject({ state: 'active', ends_at: expect.stringMatching(/Z$/) })
    await deliver(webhook.id, config)
    expect(await link()).toBe(kept)
  }
})

test.each([
  ['javascript:alert(1)', 'not a whole address'],
  ['/sign-in', 'not a whole address'],
  ['https:app.example/x', 'not a whole address'],
  ['http://app.example/', 'not https'],
  ['https://trackstat.org@evil.example/', 'a name or a password'],
  [`https://app.example/${'x'.repeat(2000)}`, 'more than 2000'],
  [{ url: 'x' }, 'not a text'],
  ['x'.repeat(70_000), 'larger than 64 KiB'],
])('an address to sign in at that can’t be used is named to support: %.40j', async (login_url, why) => {
  const { config } = await receive((response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ login_url })),
  )
  const { webhook, link } = await confirmed()
  await deliver(webhook.id, config)
  expect(await link()).toBeNull()
  expect(await stateOf(webhook.id)).toMatchObject({
    state: 'delivered',
    last_error: expect.stringContaining(why),
  })
  expect((await alarms()).at(-1)).toBe(`The sign-in link of trial ${webhook.data.reference} can’t be used`)
})

test('an answer without a link, as of a CRM, is no fault and raises no alarm', async () => {
  const before = (await alarms()).length
  for (const body of ['{"ok":true}', 'null', 'not json', '']) {
    const { config } = await receive((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(body),
    )
    const { webhook } = await confirmed()
    await deliver(webhook.id, config)
    expect(await stateOf(webhook.id)).toMatchObject({ state: 'delivered', last_error: null })
  }
  expect(await alarms()).toHaveLength(before)
})
