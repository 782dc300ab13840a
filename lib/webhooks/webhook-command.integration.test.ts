import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { closeDatabase, database } from '#lib/db/connection'
import { capture } from '#lib/leads/capture'
import { disable, storeEndpoint } from '#lib/webhooks/endpoint'
import { runWebhookCommand } from '#lib/webhooks/webhook-command'
import { createDatabase } from '../../e2e/stack/postgres.ts'

const WEBHOOK_URL = 'https://hooks.example/'
let drop: () => Promise<void>
let id: string
beforeAll(async () => {
  const made = await createDatabase()
  drop = made.drop
  Object.assign(process.env, {
    DATABASE_URL: made.url,
    WEBHOOK_URL,
    WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 's').toString('base64')}`,
  })
  await storeEndpoint(database(), parseConfig(process.env))
  const values = { name: 'Jane', email: 'command@example.com', company: 'X' }
  await capture(database().$client, { form: 'demo', values, attribution: {} }, parseConfig({}))
  const { rows } = await database().$client.query(
    `update webhooks set state = 'failed', attempts = 10, last_error = 'the receiver answered 500' returning id`,
  )
  id = rows[0].id
})
afterAll(async () => {
  await closeDatabase()
  await drop()
})
const run = (...words: string[]) => runWebhookCommand(database(), words)
const state = async () =>
  (await database().$client.query('select state, attempts from webhooks where id = $1', [id])).rows[0]

test('what failed is listed, shown, and sent again by hand', async () => {
  expect((await run('list', '--failed')).lines[0]).toMatch(
    /lead\.submitted +TS-\w{8} {2}failed {2}10× {2}the receiver/,
  )
  expect((await run('show', id)).lines[1]).toMatch(/^{"type":"lead.submitted","timestamp":"/)
  expect(await run('replay', id)).toEqual({ code: 0, lines: ['1 will be sent again now.'] })
  expect(await state()).toEqual({ state: 'queued', attempts: 0 })
  await database().$client.query(
    `update webhooks set state = 'failed', created_at = now() - interval '40 days'`,
  )
  expect((await run('replay', '--failed')).lines).toEqual(['None will be sent again now.'])
  expect((await run('replay', '--failed', '--days', '50')).lines).toEqual(['1 will be sent again now.'])
})

test('unknown ids, impossible orders and wrong usage are reported, also by the exit code', async () => {
  expect(await run('replay', id, 'msg_typo')).toEqual({
    code: 1,
    lines: ['1 will be sent again now.', 'There is no webhook msg_typo.'],
  })
  expect((await run('show', 'msg_typo')).code).toBe(1)
  for (const words of [
    [],
    ['destroy'],
    ['--nope'],
    ['replay'],
    ['replay', id, '--failed'],
    ['list', '--days', 'x'],
  ])
    expect([words, (await run(...words)).code]).toEqual([words, 2])
  await disable(database(), WEBHOOK_URL)
  expect(await run('replay', id)).toMatchObject({ code: 1, lines: [expect.stringContaining('enable')] })
  expect((await run('enable')).code).toBe(0)
  expect((await run('replay', id)).code).toBe(0)
})
