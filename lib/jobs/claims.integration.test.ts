import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { database } from '#lib/db/connection'
import { mails } from '#lib/db/schema'
import { Claims } from '#lib/jobs/claims'
import { markMails } from '#lib/jobs/mail-outcomes'
import { startSchedule } from '#lib/jobs/schedule'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const query = givenOwnDatabase()
const workers: Claims[] = []
beforeEach(() => query('delete from mails'))
afterEach(() => {
  for (const claims of workers.splice(0)) void claims.stop()
})

function startWorker(id: string = randomUUID()) {
  const claims = new Claims(database(), mails, id)
  workers.push(claims)
  return { id, claims }
}
async function queue(priority = 0, seconds = 0): Promise<string> {
  const id = randomUUID()
  await query(
    `insert into mails (id, kind, recipient, message_id, state, priority, not_before)
     values ($1::uuid, 'alarm', 'a@example.com', $1::text, 'queued', $2, now() + make_interval(secs => $3))`,
    id,
    priority,
    seconds,
  )
  return id
}
const endLeases = () => query(`update mails set not_before = now() where state = 'sending'`)
const outcome = (id: string) => ({ id, kind: 'alarm', recipient: 'a@example.com', data: {} })

test('by priority, then by due time, what is due; each row to one of two workers that claim at once', async () => {
  const [old, young] = [await queue(0, -2), await queue(0, -1)]
  const [first, later] = [await queue(10), await queue(10, 60)]
  const { claims } = startWorker()
  expect(await claims.take(2)).toEqual(expect.arrayContaining([first, old]))
  expect(await claims.take(2)).toEqual([young])
  expect((await query('select state from mails where id = $1', later))[0].state).toBe('queued')
  for (let n = 0; n < 40; n++) await queue()
  const both = [startWorker().claims, startWorker().claims]
  const taken = await Promise.all(both.map((each) => each.take(40)))
  expect(new Set(taken.flat()).size).toBe(taken.flat().length)
})

test('after the lease another worker claims it, and the first one does not while it still holds it', async () => {
  const id = await queue()
  const [first, second] = [startWorker(), startWorker()]
  expect(await first.claims.take(1)).toEqual([id])
  expect(await second.claims.take(1)).toEqual([])
  await endLeases()
  expect(await first.claims.take(1)).toEqual([])
  expect(await second.claims.take(1)).toEqual([id])
  // From the first worker, only the outcome `sent` is still stored.
  const late = { mail: outcome(id), state: 'queued', seconds: 60, reply: 'late' } as const
  expect(await markMails(database(), [late], first.id)).toEqual(new Set())
  expect((await query('select state from mails where id = $1', id))[0].state).toBe('sending')
  await markMails(database(), [{ mail: outcome(id), state: 'sent', reply: 'taken \0' }], first.id)
  expect((await query('select state from mails where id = $1', id))[0].state).toBe('sent')
})

test('the lease of a row is renewed as long as the work on it goes on', async () => {
  const id = await queue()
  const { claims } = startWorker()
  await claims.take(1)
  const work = Promise.withResolvers<void>()
  const held = claims.holdWhile(id, work.promise)
  await query(`update mails set not_before = now() + interval '1 second'`)
  const renewed = async () =>
    (await query(`select not_before > now() + interval '10 seconds' as renewed from mails`))[0].renewed
  await expect.poll(renewed).toBe(true)
  work.resolve()
  await held
  expect(claims.size).toBe(0)
})

test('a released row is due again after a moment', async () => {
  const id = await queue()
  const { claims } = startWorker()
  await claims.take(1)
  await claims.release(id)
  const [row] = await query('select state, worker, not_before > now() as waits from mails where id = $1', id)
  expect(row).toEqual({ state: 'queued', worker: null, waits: true })
})

test('of several workers one runs a periodic task, and one that failed is run again', async () => {
  let runs = 0
  const run = async () => {
    runs++
    if (runs === 1) throw new Error('the first run fails')
  }
  const task = { name: 'test', seconds: 3600, run }
  const stops = Array.from({ length: 5 }, () => startSchedule(database(), [task]))
  await expect.poll(() => runs).toBe(1)
  await Promise.all(stops.map((stop) => stop()))
  expect(runs).toBe(1)
  const [{ seconds }] = await query(
    'select extract(epoch from due_at - now())::int as seconds from schedules',
  )
  expect(seconds).toBeLessThanOrEqual(60)
  await query('update schedules set due_at = now()')
  const stop = startSchedule(database(), [task])
  await expect.poll(() => runs).toBe(2)
  await stop()
})
