import { inspect } from 'node:util'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '#lib/db/connection'
import { describeError } from '#lib/log-error'
import { maskEmail } from '#lib/mask'
import { cpuCost } from '../e2e/stack/cpu-cost.ts'
import { givenOwnDatabase } from '../e2e/stack/own-database.ts'

givenOwnDatabase()

const caught = async (work: () => unknown) => {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

test.each([
  ['a text that is no JSON', () => JSON.parse('Canary "Jane": x'), 'SyntaxError'],
  ['a time zone', () => new Intl.DateTimeFormat('en', { timeZone: 'Canary' }), 'RangeError'],
  ['an address', () => new URL('Canary'), 'TypeError'],
  ['a header', () => new Headers({ location: 'Canary\nx' }), 'TypeError'],
  ['a path', () => decodeURIComponent('Canary%'), 'URIError'],
])('%s that was wrong is not repeated', async (_, work, type) => {
  const described = describeError(await caught(work))
  expect(described.type).toBe(type)
  expect(JSON.stringify(described)).not.toContain('Canary')
  expect(described.stack).toContain('log-error.integration.test.ts')
})

test.each([
  [sql`select ${'Canary " Jane'}::uuid`, '22P02', 'invalid input syntax for type uuid: …'],
  [sql`select ${'{"Canary": x}'}::jsonb`, '22P02', 'invalid input syntax for type json'],
  [sql`select ${'Canary'}::text::int`, '22P02', 'invalid input syntax for type integer: …'],
  [sql`select ${'Canary\0'}::text`, '22021', 'invalid byte sequence for encoding …: …'],
  [sql`select now() at time zone ${'Canary'}`, '22023', 'time zone … not recognized'],
  [
    sql`insert into suppressions (email_canonical) values (${'Canary'})`,
    '23502',
    'null value in column "reason" of relation "suppressions" violates not-null constraint',
  ],
  [sql`select ${'Canary'} from nowhere`, '42P01', 'relation "nowhere" does not exist'],
])('a failing query tells what failed and no value: %#', async (query, code, message) => {
  for (const run of [
    () => database().execute(query),
    () => database().transaction((tx) => tx.execute(query)),
  ]) {
    const error = await caught(run)
    expect(error).toMatchObject({ name: 'QueryFailed', code, message })
    // As Node and Next print it: all properties, and the cause.
    for (const printed of [JSON.stringify(describeError(error)), inspect(error)])
      expect(printed).not.toContain('Canary')
  }
})

test('errors of the driver carry no value either', async () => {
  const error = await caught(() => database().$client.query('select $1::uuid', ['Canary']))
  expect(inspect(error)).not.toContain('Canary')
})

test('a long text is cut before it is searched, and half an address is not shown', async () => {
  const long = 'a'.repeat(1_000_000)
  expect(maskEmail(long)).toBe('…')
  expect(await cpuCost(() => maskEmail(long), 20)).toBeLessThan(20)
  expect(maskEmail(`${'word '.repeat(59)}canary@example.com`)).toBe(`${'word '.repeat(59)}…`)
  expect(maskEmail('550 <jane@example.com> unknown')).toBe('550 <j***@example.com> unknown')
})
