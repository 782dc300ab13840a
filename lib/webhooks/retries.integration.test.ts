import type { ServerResponse } from 'node:http'
import { expect, test, vi } from 'vitest'
import { log } from '#lib/log'
import { postponeWebhook } from '#lib/webhooks/deliver'
import { enable, storeEndpoint } from '#lib/webhooks/endpoint'
import {
  alarms,
  db,
  deliver,
  makeDue,
  query,
  receive,
  stateOf,
  status,
  submit,
} from '../../e2e/stack/webhook-receiver.ts'

test('a receiver that fails gets the same id and bytes again', async () => {
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

test('Retry-After is respected: an earlier attempt sends nothing', async () => {
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

test('410 stops sending, notifies support, and can be undone', async () => {
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
  // Enabled again, as the alarm says, and gone again: a second alarm.
  await enable(db)
  await postponeWebhook(db, first.id, 0, null)
  await deliver(first.id, config)
  expect(got).toHaveLength(2)
  expect(await alarms()).toHaveLength(2)
  const elsewhere = await receive(status(204))
  const third = await submit()
  await deliver(third.id, elsewhere.config)
  expect(elsewhere.got).toHaveLength(1)
  // Back to the first URL: the operator wants events to be sent there.
  await storeEndpoint(db, config)
  await deliver((await submit()).id, config)
  expect(got).toHaveLength(3)
})

test('support is notified after four failures, and again after the tenth and last', async () => {
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

test('an earlier attempt that ends after a replay changes nothing', async () => {
  const held: ServerResponse[] = []
  const { config, got } = await receive((response) =>
    got.length === 1 ? held.push(response) : response.writeHead(204).end(),
  )
  const { id } = await submit()
  const first = deliver(id, config)
  await expect.poll(() => held.length).toBe(1)
  await postponeWebhook(db, id, 0, null)
  await deliver(id, config)
  const warn = vi.spyOn(log, 'warn')
  held[0]?.writeHead(500).end()
  await first
  expect(await stateOf(id)).toMatchObject({ state: 'delivered' })
  expect(warn).not.toHaveBeenCalled()
  warn.mockRestore()
})
