import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { sweep } from '#lib/jobs/sweep'
import { capture } from '#lib/leads/capture'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

/** Of each table that is swept: a row that has served its time, and one that has not. */
const query = givenOwnDatabase()
const RETENTION_DAYS = 30

async function submit(email: string): Promise<string> {
  const values = { name: 'Jane Roe', email, company: 'Desert Spine' }
  const stored = await capture(database().$client, { form: 'demo', values, attribution: {} }, parseConfig({}))
  if (stored.outcome === 'conflict') throw new Error('a new submission has no conflict')
  return stored.submissionId
}

/** The first column of a table, sorted. */
const left = async (column: string, table: string) =>
  (await query(`select ${column}::text as value from ${table} order by 1`)).map(({ value }) => value)

test('the sweep removes what has served its time and nothing else', async () => {
  const submissionId = await submit('recent@example.com')
  for (const table of ['submission_keys', 'rate_limits', 'mail_grants']) await query(`delete from ${table}`)
  await query(
    `insert into drafts (id_hash, form, values, errors, expires_at) values
      ('old', 'demo', '{}', '{}', now() - interval '1 second'), ('new', 'demo', '{}', '{}', now() + interval '1 hour')`,
  )
  await query(
    `insert into submission_keys (key, content_hash, submission_id, expires_at) values
      ('old', '', $1, now() - interval '1 second'), ('new', '', $1, now() + interval '1 hour')`,
    submissionId,
  )
  await query(
    `insert into rate_limits (key, points, expire) values
      ('old', 1, extract(epoch from now()) * 1000 - 1000), ('new', 1, extract(epoch from now()) * 1000 + 60000),
      ('endless', 1, null)`,
  )
  await query(
    `insert into mail_grants (kind, mailbox, at) values
      ('reply', 'old', now() - interval '25 hours'), ('reply', 'new', now() - interval '23 hours')`,
  )
  await query(
    `insert into workers (id, seen_at) values
      ('00000000-0000-4000-8000-000000000001', now() - interval '25 hours'),
      ('00000000-0000-4000-8000-000000000002', now() - interval '23 hours')`,
  )
  await sweep(database(), RETENTION_DAYS)
  expect(await left('id_hash', 'drafts')).toEqual(['new'])
  expect(await left('key', 'submission_keys')).toEqual(['new'])
  expect(await left('key', 'rate_limits')).toEqual(['endless', 'new'])
  expect(await left('mailbox', 'mail_grants')).toEqual(['new'])
  expect(await left('id', 'workers')).toEqual(['00000000-0000-4000-8000-000000000002'])
  expect(await left('email', 'leads')).toEqual(['recent@example.com'])
})
