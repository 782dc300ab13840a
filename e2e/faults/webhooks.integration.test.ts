import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { endLeases } from '../stack/leases.ts'
import { createRecordingServer, type RecordedRequest } from '../stack/recording-server.ts'
import { Stack } from '../stack/stack.ts'

const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`
const got: RecordedRequest[] = []
let answer: (response: ServerResponse) => unknown = (response) => response.writeHead(204).end()
const receiver = createRecordingServer(got, (response) => answer(response))
let stack: Stack

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  stack = await new Stack().start({
    WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
    WEBHOOK_SECRET,
    // A range also allows plain http.
    WEBHOOK_ALLOW: '127.0.0.0/8',
  })
  // Events are written only after a worker has stored the receiver.
  await vi.waitFor(
    async () => {
      const known = await stack.query('select from webhook_endpoint where url_hash is not null')
      expect(known).toHaveLength(1)
    },
    { timeout: 60_000, interval: 100 },
  )
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await stack.stop()
})

const who = (name: string) => ({ name: 'Jane Roe', email: `${name}@example.com`, company: 'Desert Spine' })

test('a receiver that hangs does not delay the mail', async () => {
  answer = () => {}
  const began = Date.now()
  await stack.post('demo', who('first'))
  await stack.sink.waitFor(({ to }) => to.includes('first@example.com'))
  console.log(`[faults] receiver hangs: the mail was there after ${Date.now() - began} ms`)
  await expect.poll(() => got.length).toBe(1)
})

test('kill -9 of the worker while it sends an event: sent again with the same id and bytes', async () => {
  await stack.kill(stack.worker)
  // The lease is over within the promised 30 s; the test does not wait for that.
  expect(await endLeases(stack, 'webhooks')).toBeLessThan(30)
  answer = (response) => response.writeHead(204).end()
  const began = Date.now()
  stack.startWorker()
  await expect.poll(() => got.length).toBe(2)
  console.log(`[faults] worker killed while it sent an event: sent again after ${Date.now() - began} ms`)
  expect(got[1]?.body).toBe(got[0]?.body)
  expect(got[1]?.headers['webhook-id']).toBe(got[0]?.headers['webhook-id'])
  for (const { headers, body } of got)
    expect(new Webhook(WEBHOOK_SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'lead.submitted',
    })
  await expect.poll(() => stack.query('select state from webhooks')).toEqual([{ state: 'delivered' }])
})
