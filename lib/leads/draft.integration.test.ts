import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { database } from '#lib/db/connection'
import { sweep } from '#lib/jobs/sweep'
import { keepDraft, keepSingleField, readDraft, readSingleField } from '#lib/leads/draft'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const query = givenOwnDatabase()
beforeEach(() => query('delete from drafts'))

const wrong = { email: ['Enter your email address.'] }
const countDrafts = async () => (await query('select count(*)::int as n from drafts'))[0].n

test('only known fields are kept, each cut where it is far too long', async () => {
  const id = await keepDraft(
    'demo',
    {
      name: 'n'.repeat(9000),
      message: 'm'.repeat(3000),
      texts: 'on',
      utm_source: 'u'.repeat(9000),
      constructor: 'x'.repeat(9000),
      ...Object.fromEntries(Array.from({ length: 50 }, () => [randomUUID(), 'x'.repeat(900)])),
    },
    { ...wrong, [randomUUID()]: ['This form has no such field.'] },
    'a network',
  )
  const draft = await readDraft(id)
  expect(draft?.values).toEqual({
    name: 'n'.repeat(150),
    message: 'm'.repeat(3000),
    texts: 'on',
    utm_source: 'u'.repeat(200),
  })
  expect(draft).toMatchObject({ errors: wrong, cut: true })
})

test('the largest draft takes less than 12 kB of text', async () => {
  const names = ['name', 'email', 'company', 'phone', 'role', 'ehr', 'message', 'referrer', 'utm_source']
  const all = Object.fromEntries(names.map((name) => [name, 'x'.repeat(60_000)]))
  await keepDraft('demo', all, wrong, 'a network')
  const [row] = await query('select length(values::text || errors::text) as size from drafts')
  expect(row.size).toBeLessThan(12_000)
})

test('what is short enough is kept whole, and the page may say so', async () => {
  const values = { name: 'Jane\0 \ud800', email: 'jane', message: 'm'.repeat(2100) }
  const draft = await readDraft(await keepDraft('inquiry', values, wrong, 'a network'))
  expect(draft).toMatchObject({ cut: false, values: { ...values, name: 'Jane\ufffd \ufffd' } })
})

test('where only an unknown field was wrong, the person is told so in one sentence', async () => {
  const draft = await readDraft(await keepDraft('demo', {}, { [randomUUID()]: ['No such field.'] }, 'a'))
  expect(draft?.errors).toEqual({ form: [expect.stringContaining('doesn’t ask for')] })
})

test('one network has 100 at most, also where 300 come at once; the newest is always there', async () => {
  await keepDraft('demo', { name: 'of another network' }, wrong, 'another')
  // As many at once as the pool has connections.
  for (let i = 0; i < 30; i++)
    await Promise.all(Array.from({ length: 10 }, () => keepDraft('demo', { name: `${i}` }, wrong, 'one')))
  expect(await countDrafts()).toBe(101)
  const newest = await keepDraft('demo', { name: 'newest' }, wrong, 'one')
  expect(await countDrafts()).toBe(101)
  expect((await readDraft(newest))?.values.name).toBe('newest')
  const slip = await keepSingleField({ form: 'code', value: 'ABC', error: 'Wrong.' }, 'one')
  expect(await countDrafts()).toBe(101)
  expect(await readSingleField(slip)).toEqual({ form: 'code', value: 'ABC', error: 'Wrong.' })
})

test('there are 5,000 at most in all, and one more takes little time', async () => {
  await query(`insert into drafts (id_hash, form, values, errors, network, expires_at)
    select n::text, 'demo', '{}', '{}', 'network ' || n / 50, now() + make_interval(secs => n)
    from generate_series(1, 6000) n`)
  const id = await keepDraft('demo', { name: 'Jane' }, wrong, 'one more')
  expect(await countDrafts()).toBe(5000)
  expect((await readDraft(id))?.values.name).toBe('Jane')
  expect(await query(`select from drafts where id_hash in ('1', '1001')`)).toHaveLength(0)
  const began = performance.now()
  for (let i = 0; i < 50; i++) await keepDraft('demo', {}, wrong, `network ${i}`)
  const each = (performance.now() - began) / 50
  console.log(`[drafts] one more beside 5,000: ${each.toFixed(1)} ms`)
  // It takes a few milliseconds; without an index it would take seconds.
  expect(each).toBeLessThan(1000)
})

test('a draft ends after a day, and is swept away', async () => {
  const id = await keepDraft('demo', { name: 'Jane' }, wrong, 'one')
  await query(`update drafts set expires_at = now() - interval '1 second'`)
  expect(await readDraft(id)).toBeUndefined()
  await sweep(database(), 730)
  expect(await countDrafts()).toBe(0)
})
