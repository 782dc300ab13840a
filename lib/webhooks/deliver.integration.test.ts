import { Webhook } from 'standardwebhooks'
import { expect, test, vi } from 'vitest'
import { parseConfig } from '#lib/config'
import { capture } from '#lib/leads/capture'
import { storeEndpoint } from '#lib/webhooks/endpoint'
import {
  db,
  deliver,
  makeDue,
  query,
  receive,
  secret,
  stateOf,
  status,
  submit,
} from '../../e2e/stack/webhook-receiver.ts'

test('no webhook without a receiver, and none after a rollback', async () => {
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

test('a submission is sent as a signed event with a reference and no personal data', async () => {
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

test('a submission that looks like spam is not sent', async () => {
  await receive(status(204))
  const spam = '[url=x] http://a.example http://b.example http://c.example http://d.example http://e.example'
  const { rows, submissionId } = await submit('demo', spam)
  expect(await query('select verdict from submissions where id = $1', submissionId)).toEqual([
    { verdict: 'held' },
  ])
  expect(rows).toEqual([])
})

test('a receiver that hangs is cut off after fifteen seconds and retried', async () => {
  const { timeout } = AbortSignal
  // The real deadline, shortened to a tenth of a second.
  const clock = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 150))
  const { config } = await receive((response) => response.writeHead(200).write('{'))
  const { id } = await submit()
  await deliver(id, config)
  expect(clock.mock.calls).toEqual([[15_000]])
  clock.mockRestore()
  expect(await stateOf(id)).toMatchObject({ state: 'queued', last_error: expect.stringContaining('15 s') })
})

test('a private address is not connected to unless it is allowed', async () => {
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

test('an IP address in the URL is refused before any connection', async () => {
  const { got, config } = await receive(status(204))
  const { id } = await submit()
  const url = config.webhook?.url.replace('localhost', '127.0.0.1') ?? ''
  await deliver(id, { ...config, webhook: { url, secret, allow: [] } })
  expect(got).toEqual([])
  expect((await stateOf(id)).last_error).toContain('not a public address')
})

test('a protocol switch counts as no response and blocks nothing', async () => {
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

test('each attempt has its own connection, and its error is stored', async () => {
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
