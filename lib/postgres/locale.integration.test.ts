import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../../e2e/stack/postgres.ts'

let made: TestDatabase
let client: pg.Client
beforeAll(async () => {
  made = await createDatabase()
  client = new pg.Client(made.adminUrl)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await made.drop()
})

test.each(['Peña', 'Привет', 'Müller', '田中'])('%s is found in any case and by trigrams', async (name) => {
  await client.query('create extension if not exists pg_trgm')
  const { rows } = await client.query(
    `select lower(upper($1)) = lower($1) as folds, array_length(show_trgm($1), 1) as trigrams,
      lower('Ä') = 'ä' as umlaut, $1 || ' GmbH' ilike '%' || lower($1) || '%' as found`,
    [name],
  )
  expect(rows).toEqual([{ folds: true, trigrams: expect.any(Number), umlaut: true, found: true }])
  expect(rows[0].trigrams).toBeGreaterThanOrEqual(name.length)
})
