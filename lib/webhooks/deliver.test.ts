import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { type Database, openDatabase } from '#lib/db/connection'
import { capture } from '#lib/leads/capture'
import { deliverWebhook } from '#lib/webhooks/deliver'
import { announceEndpoint } from '#lib/webhooks/endpoint'
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

/** A real receiver. Answers its settings, what it got, and delivers a webhook to it as the worker would. */
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
  await announceEndpoint(db, config)
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
const stateOf = async (id: string) => (await query('select * from webhooks where id = $1', id))[0]
const makeDue = (id: string) => query('update webhooks set not_before = now() where id = $1', id)
const status =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end()

test('no receiver, no webhook; a rolled-back transaction leaves none', async () => {
  await announceEndpoint(db, parseConfig({}))
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
  for (const { id } of rows) await deliverWebhook(db, id, config)
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
        requestedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    },
  ])
  expect(JSON.stringify(got)).not.toMatch(/Jane|Desert|w\d+@example/)
  expect(await stateOf(rows[0].id)).toMatchObject({ state: 'delivered', attempts: 1 })
  await deliverWebhook(db, rows[0].id, config)
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
    await deliverWebhook(db, id, config)
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
  await deliverWebhook(db, id, config)
  await deliverWebhook(db, id, config)
  expect(got).toHaveLength(1)
  const [{ seconds }] = await query(
    'select extract(epoch from not_before - now())::int as seconds from webhooks where id = $1',
    id,
  )
  expect(seconds).toBeGreaterThan(3590)
  const jobs = await query(`select from pgboss.job where name = 'webhook' and data->>'webhook' = $1`, id)
  expect(jobs).toHaveLength(2)
})

test('a receiver that hangs costs fifteen seconds and is tried again', async () => {
  const { config } = await receive((response) => response.writeHead(200).write('{'))
  const { id } = await submit()
  const began = Date.now()
  await deliverWebhook(db, id, config)
  expect(Date.now() - began).toBeLessThan(20_000)
  expect(await stateOf(id)).toMatchObject({ state: 'queued', last_error: expect.stringContaining('15 s') })
})

test('410 ends it: nothing more is sent there, support is told, and it can be taken up again', async () => {
  const { got, config } = await receive(status(410))
  const [first, second] = [await submit(), await submit()]
  await deliverWebhook(db, first.id, config)
  await deliverWebhook(db, second.id, config)
  expect(got).toHaveLength(1)
  expect([await stateOf(first.id), await stateOf(second.id)]).toMatchObject([
    { state: 'failed' },
    { state: 'failed' },
  ])
  expect(await query(`select data->>'what' as what from mails where kind = 'alarm'`)).toEqual([
    { what: 'The receiver of webhooks is gone' },
  ])
  const elsewhere = await receive(status(204))
  const third = await submit()
  await deliverWebhook(db, third.id, elsewhere.config)
  expect(elsewhere.got).toHaveLength(1)
})

test('a private address that nobody named is not connected to', async () => {
  const { got, config } = await receive(status(204))
  if (!config.webhook) throw new Error('it has a receiver')
  const { id } = await submit()
  await deliverWebhook(db, id, { ...config, webhook: { ...config.webhook, allow: [] } })
  expect(got).toEqual([])
  expect(await stateOf(id)).toMatchObject({
    state: 'queued',
    last_error: expect.stringContaining('WEBHOOK_ALLOW'),
  })
})

test('the product answers the confirmation with the address to sign in at', async () => {
  for (const [login_url, kept] of [
    ['https://app.example/start?t=1', 'https://app.example/start?t=1'],
    ['javascript:alert(1)', null],
    ['http://app.example/', null],
  ]) {
    const { config } = await receive((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ login_url })),
    )
    const { submissionId } = await submit('trial')
    const change = (set: string) => query(`update trials set ${set} where submission_id = $1`, submissionId)
    await change(`state = 'confirmed'`)
    await change(`state = 'active', starts_at = now(), ends_at = now() + interval '14 days'`)
    const [webhook] = await query(
      `select * from webhooks where submission_id = $1 and type = 'trial.confirmed'`,
      submissionId,
    )
    expect(webhook.data).toMatchObject({ state: 'active', endsAt: expect.stringMatching(/Z$/) })
    await deliverWebhook(db, webhook.id, config)
    expect(await query('select login_url from trials where submission_id = $1', submissionId)).toEqual([
      { login_url: kept },
    ])
  }
})
