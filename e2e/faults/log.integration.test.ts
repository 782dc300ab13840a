import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as schema from '#lib/db/schema'
import { reply } from '../stack/mail-sink.ts'
import { Stack } from '../stack/stack.ts'
import { createVisitor, makeEveryRequest, TELLTALE } from './every-request.ts'

const tables = Object.values(schema as Record<string, unknown>)
  .filter((table) => is(table, PgTable))
  .map((table) => getTableName(table as PgTable))

/** Three ways to break and repair a table. Each makes PostgreSQL repeat row values in a different error field. */
const faults = {
  'is gone': [
    (table: string) => `alter table ${table} rename to away`,
    (table: string) => `alter table away rename to ${table}`,
  ],
  'refuses its rows': [
    (table: string) => `alter table ${table} add constraint never check (false) not valid`,
    (table: string) => `alter table ${table} drop constraint never`,
  ],
  'raises with its rows': [
    (table: string) =>
      `create trigger aaa_tell before insert or update or delete on ${table} for each row execute function tell()`,
    (table: string) => `drop trigger aaa_tell on ${table}`,
  ],
} as const

const receiver = createServer((_, response) => response.writeHead(204).end())
let stack: Stack
beforeAll(async () => {
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  stack = await new Stack().start({
    RATE_LIMIT: 'on',
    TRUST_PROXY: '1',
    API_TOKEN: 'a token of the product, long enough'.replaceAll(' ', '-'),
    WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'k').toString('base64')}`,
    WEBHOOK_ALLOW: '127.0.0.1',
  })
  // Events are written only after a worker has stored the receiver.
  const announced = 'select from webhook_endpoint where url_hash is not null'
  await vi.waitFor(async () => expect(await stack.query(announced)).toHaveLength(1), { timeout: 15_000 })
  await stack.query(`create function tell() returns trigger language plpgsql as $$
    begin
      raise exception '% %', new, old using detail = concat(new, old), hint = concat(old, new);
    end $$`)
})
afterAll(async () => {
  receiver.close()
  await stack.stop()
})

type Line = { level: string; err?: { code?: string; message?: string } }
const lines = () => stack.log.join('').split('\n').filter(Boolean)
const errors = () => lines().map((line) => (JSON.parse(line) as Line).err)

/** Queues a mail and an event again, in the transaction that breaks the table. */
const work = `
  update mails set state = 'queued', not_before = now(), raw = null
    where id in (select id from mails where submission_id is not null order by created_at desc limit 2);
  update webhooks set state = 'queued', not_before = now()
    where id in (select id from webhooks order by created_at desc limit 1);
  select pg_notify('outbox', '');`

/**
 * Waits until the worker has tried a mail and an event since `at` (the database's time): it made an attempt, or logged
 * why it could not.
 */
async function workerHasTried(at: Date, linesBefore: number): Promise<void> {
  const attempts = (table: string) =>
    stack.query(`select from ${table} where started_at >= $1`, [at]).catch(() => []) // the table that is broken
  const logged = () =>
    lines()
      .slice(linesBefore)
      .filter((line) => /"process":"worker"/.test(line))
  const tried = async () =>
    ((await attempts('mail_attempts')).length > 0 || logged().some((line) => /mail|outbox/.test(line))) &&
    ((await attempts('webhook_attempts')).length > 0 || logged().some((line) => /webhook|outbox/.test(line)))
  for (const giveUp = Date.now() + 20_000; !(await tried()); await sleep(50))
    if (Date.now() > giveUp) throw new Error('the worker did not try what waits')
}

/** Waits until nothing is due: a mail that is being sent would be marked as sent after the table is broken, and not tried. */
async function nothingDue(): Promise<void> {
  const due = `state = 'sending' or state = 'queued' and not_before <= now()`
  const count = `select ((select count(*) from mails where ${due}) + (select count(*) from webhooks where ${due}))::int as n`
  for (const giveUp = Date.now() + 60_000; ; await sleep(50)) {
    const [{ n } = { n: 0 }] = await stack.query<{ n: number }>(count)
    if (n === 0) return
    if (Date.now() > giveUp) throw new Error(`${n} mails and events are still due`)
  }
}

/** Runs statements in one transaction and retries on deadlock. */
async function change(statements: string): Promise<void> {
  try {
    await stack.query(statements)
  } catch (error) {
    if ((error as { code?: string }).code !== '40P01') throw error
    await change(statements)
  }
}

/** Makes every request, and lets the worker deliver, while a table is broken. Returns the statuses. */
async function runBroken(fail: string, mend: string): Promise<number[]> {
  const visitor = await createVisitor(stack)
  await nothingDue()
  const linesBefore = lines().length
  const [{ at } = { at: new Date() }] = await stack.query<{ at: Date }>('select now() as at')
  await change(`${work} ${fail}`)
  try {
    const statuses = await makeEveryRequest(stack, visitor)
    await workerHasTried(at, linesBefore)
    return statuses
  } finally {
    await change(mend)
  }
}

test.each(tables)('while %s is broken, the log has no text of a visitor', async (table) => {
  for (const [fault, [fail, mend]] of Object.entries(faults)) {
    const before = lines().length
    const statuses = await runBroken(fail(table), mend(table))
    const logged = lines().slice(before)
    expect(
      logged.filter((line) => TELLTALE.test(line)),
      fault,
    ).toEqual([])
    // Every log line is our JSON, none from a visitor's text or a library.
    for (const line of logged) expect(() => JSON.parse(line), line).not.toThrow()
    expect(statuses.length).toBeGreaterThan(30)
  }
})

test('the log still shows what failed: SQLSTATE, and a message that names the table', () => {
  const known = errors().filter((error) => error !== undefined)
  const codes = new Set(known.map(({ code }) => code))
  for (const code of ['42P01', '23514', 'P0001']) expect(codes).toContain(code)
  const messages = new Set(known.map(({ message }) => message))
  for (const message of [
    'relation "leads" does not exist',
    'relation "demo_views" does not exist',
    'new row for relation "submissions" violates check constraint "never"',
    'raised by tell(), line 3',
  ])
    expect(messages).toContain(message)
})

test('a mail server’s replies are logged with masked addresses', async () => {
  stack.sink.behavior.rcpt = (address) => reply(450, `greylisted <${address}> for a while`)
  const before = lines().length
  await stack.post('demo', { name: 'Jane', email: 'Canary.local@example.com', company: 'Spine' })
  await expect
    .poll(() => lines().slice(before).join('\n'), { timeout: 10_000 })
    .toContain('greylisted <C***@example.com>')
  stack.sink.behavior.rcpt = undefined
  expect(lines().slice(before).join('\n')).not.toMatch(TELLTALE)
})
