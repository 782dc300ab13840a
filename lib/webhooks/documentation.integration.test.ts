import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { closeDatabase, type Database, database } from '#lib/db/connection'
import { recordView } from '#lib/demo/view'
import { capture } from '#lib/leads/capture'
import { trialToken } from '#lib/leads/trial-token'
import { runTrialClock } from '#lib/trials/clock'
import { confirmTrial } from '#lib/trials/confirm'
import { orderTrial } from '#lib/trials/orders'
import { storeEndpoint } from '#lib/webhooks/endpoint'
import { readLoginUrl } from '#lib/webhooks/login-url'
import { sendWebhook } from '#lib/webhooks/send-webhook'
import { freePort } from '../../e2e/stack/free-port.ts'
import { createDatabase } from '../../e2e/stack/postgres.ts'

const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24, 's').toString('base64')}`
const documentation = readFileSync('docs/webhooks.md', 'utf8')

test('the receiver of the documentation takes what is signed, once, and refuses the rest', async () => {
  const file = 'lib/webhooks/receiver-under-test.mjs'
  writeFileSync(file, /```js\n([\s\S]*?)```/.exec(documentation)?.[1] ?? '')
  const port = await freePort()
  const child = spawn('node', [file], { env: { ...process.env, WEBHOOK_SECRET, PORT: String(port) } })
  try {
    let said = ''
    child.stdout.on('data', (part) => {
      said += part
    })
    const { webhook } = parseConfig({
      WEBHOOK_URL: `http://localhost:${port}/`,
      WEBHOOK_SECRET,
      WEBHOOK_ALLOW: 'localhost',
    })
    if (!webhook) throw new Error('it has a receiver')
    const body = JSON.stringify({ type: 'lead.submitted', data: { reference: 'TS-7KQ2MX4P' } })
    const confirmed = JSON.stringify({ type: 'trial.confirmed', data: { reference: 'TS-9RWB4T2C' } })
    await expect
      .poll(() =>
        sendWebhook(webhook, 'msg_1', body).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200)
    expect((await sendWebhook(webhook, 'msg_1', body)).status).toBe(200)
    // A repeated event gets the same answer, because our side may have missed the first one.
    for (let again = 0; again < 2; again++)
      expect(readLoginUrl(await sendWebhook(webhook, 'msg_3', confirmed), webhook)).toEqual({
        loginUrl: 'https://app.example/TS-9RWB4T2C',
      })
    await breakOff(port)
    const stranger = { ...webhook, secret: `whsec_${Buffer.alloc(24, 'x').toString('base64')}` }
    expect((await sendWebhook(stranger, 'msg_2', body)).status).toBe(400)
    expect(said).toBe('lead.submitted TS-7KQ2MX4P\ntrial.confirmed TS-9RWB4T2C\n')
    expect(child.exitCode).toBeNull()
  } finally {
    child.kill()
    await once(child, 'exit')
    rmSync(file)
  }
})

/** Sends an incomplete body, as when our side aborts an attempt. */
async function breakOff(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{"type"')
  await new Promise((done) => setTimeout(done, 50))
  socket.destroy()
  await new Promise((done) => setTimeout(done, 100))
}

test('each example is what the database writes for such an event, name by name', async () => {
  const rows = [...documentation.matchAll(/^\| `([a-z.]+)` \|.*?\| `(.*)` \|$/gm)]
  const examples = Object.fromEntries(rows.map(([, type, json]) => [type, JSON.parse(json ?? '')]))
  const written = await writeOneOfEach()
  expect(Object.keys(examples).sort()).toEqual(Object.keys(written).sort())
  for (const [type, data] of Object.entries(written)) {
    expect(Object.keys(examples[type]), type).toEqual(expect.arrayContaining(Object.keys(data)))
    expect(Object.keys(data), type).toEqual(expect.arrayContaining(Object.keys(examples[type])))
    expect([examples[type].state, examples[type].cause], type).toEqual([data.state, data.cause])
  }
})

/** The `data` of an event of each type, each caused by a real action in the service. */
async function writeOneOfEach(): Promise<Record<string, Record<string, unknown>>> {
  const made = await createDatabase()
  process.env.DATABASE_URL = made.url
  const db = database()
  try {
    await storeEndpoint(db, parseConfig({ WEBHOOK_URL: 'https://x.example/', WEBHOOK_SECRET }))
    const watched = await ask(db, 'demo')
    await recordView(
      db,
      { ...watched, leadId: watched.leadId },
      { spans: '0-14', position: 1, duration: 20 },
      'theirs',
    )
    const [converted, cancelled, ended] = [
      await ask(db, 'trial'),
      await ask(db, 'trial'),
      await ask(db, 'trial'),
    ]
    for (const { token } of [converted, cancelled, ended]) await confirmTrial(token)
    await orderTrial(db, converted.reference, { name: 'convert' }, 'product')
    await orderTrial(db, cancelled.reference, { name: 'cancel' }, 'support')
    await orderTrial(db, ended.reference, { name: 'access' }, 'support')
    for (const days of [12, 15])
      await runTrialClock(db, parseConfig({}), new Date(Date.now() + days * 86_400_000))
    await orderTrial(db, ended.reference, { name: 'extend', days: 7 }, 'support')
    const { rows } = await db.$client.query(
      'select distinct on (type) type, data from webhooks order by type, created_at',
    )
    return Object.fromEntries(rows.map(({ type, data }) => [type, data]))
  } finally {
    await closeDatabase()
    await made.drop()
  }
}

let people = 0
async function ask(db: Database, form: 'demo' | 'trial') {
  const values = {
    name: 'Jane',
    email: `d${++people}@example.com`,
    company: 'X',
    ...(form === 'trial' && { terms: true }),
  }
  const stored = await capture(db.$client, { form, values, attribution: {} }, parseConfig({}))
  if (stored.outcome === 'conflict') throw new Error('a new request was expected')
  const { rows } = await db.$client.query(
    'select s.lead_id, t.id from submissions s left join trials t on t.submission_id = s.id where s.id = $1',
    [stored.submissionId],
  )
  return { ...stored, leadId: rows[0].lead_id as string, token: trialToken(rows[0].id, 1) }
}
