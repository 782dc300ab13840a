import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type Config, parseConfig } from '#lib/config'
import { type Database, openDatabase } from '#lib/db/connection'
import { capture } from '#lib/leads/capture'
import { deliverWebhook } from '#lib/webhooks/deliver'
import { storeEndpoint } from '#lib/webhooks/endpoint'
import { createDatabase } from './postgres.ts'
import { createRecordingServer, type RecordedRequest } from './recording-server.ts'

export const secret = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`

/** Importing this file creates a database for the test file. */
export let db: Database
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

/** Starts a real receiver and makes it the endpoint. Returns its settings and the requests that it got. */
export async function receive(answer: (response: ServerResponse) => unknown) {
  const got: RecordedRequest[] = []
  const server = createRecordingServer(got, answer)
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

export const query = async (text: string, ...values: unknown[]) => (await db.$client.query(text, values)).rows
let count = 0
/** Stores a submission and returns it with its webhooks. */
export async function submit(form: 'demo' | 'trial' = 'demo', message?: string) {
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
/** Claims a webhook if it is due and makes an attempt, like the worker. */
export const deliver = async (id: string, config: Config) => {
  if (!config.webhook) throw new Error('it has a receiver')
  const due = await query(
    `update webhooks set state = 'sending', not_before = now() + interval '20 seconds'
     where id = $1 and state in ('queued', 'sending') and not_before <= now() returning id`,
    id,
  )
  if (due.length) await deliverWebhook(db, id, config.webhook, config)
}
export const alarms = async () =>
  (await query(`select data->>'what' as what from mails where kind = 'alarm' order by created_at`)).map(
    ({ what }) => what,
  )
export const stateOf = async (id: string) => (await query('select * from webhooks where id = $1', id))[0]
export const makeDue = (id: string) => query('update webhooks set not_before = now() where id = $1', id)
export const status =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end()
