import { expect, test } from 'vitest'
import { givenAdminClient } from '../../e2e/stack/own-database.ts'

const given = givenAdminClient()

test.each(['Peña', 'Привет', 'Müller', '田中'])('%s is found in any case and by trigrams', async (name) => {
  await given.client.query('create extension if not exists pg_trgm')
  const { rows } = await given.client.query(
    `select lower(upper($1)) = lower($1) as folds, array_length(show_trgm($1), 1) as trigrams,
      lower('Ä') = 'ä' as umlaut, $1 || ' GmbH' ilike '%' || lower($1) || '%' as found`,
    [name],
  )
  expect(rows).toEqual([{ folds: true, trigrams: expect.any(Number), umlaut: true, found: true }])
  expect(rows[0].trigrams).toBeGreaterThanOrEqual(name.length)
})
