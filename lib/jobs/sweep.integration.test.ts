import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { sweep } from '#lib/jobs/sweep'
import { capture } from '#lib/leads/capture'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const query = givenOwnDatabase()

/** For each table that is swept: an expired row, and one that is not expired. */
const ROWS = {
  drafts: `insert into drafts (id_hash, form, values, errors, expires_at)
    values ('old', 'demo', '{}', '{}', now() - interval '1 s'), ('new', 'demo', '{}', '{}', now() + interval '1 h')`,
  submission_keys: `insert into submission_keys (key, content_hash, submission_id, expires_at)
    values ('old', 'x', gen_random_uuid(), now() - interval '1 s'), ('new', 'x', gen_random_uuid(), 'infinity')`,
  rate_limits: `insert into rate_limits (key, expire) values ('old', extract(epoch from now()) * 1000 - 1000),
    ('new', extract(epoch from now()) * 1000 + 60000), ('for ever', null)`,
  mail_grants: `insert into mail_grants (kind, mailbox, at) values ('reply', 'old', now() - interval '25 h'),
    ('reply', 'new', now() - interval '23 h')`,
  workers: `insert into workers (id, seen_at) values ('00000000-0000-4000-8000-000000000001', now() - interval '25 h'),
    ('00000000-0000-4000-8000-000000000002', now() - interval '23 h')`,
}

const KEPT = {
  drafts: ['new'],
  submission_keys: ['new'],
  rate_limits: ['for ever', 'new'],
  mail_grants: ['new'],
  workers: ['00000000-0000-4000-8000-000000000002'],
}

const NAMES = {
  drafts: 'id_hash',
  submission_keys: 'key',
  rate_limits: 'key',
  mail_grants: 'mailbox',
  workers: 'id',
}

test('expired rows are deleted, and nothing else', async () => {
  for (const insert of Object.values(ROWS)) await query(insert)
  await sweep(database(), 730)
  for (const [table, kept] of Object.entries(KEPT)) {
    const column = NAMES[table as keyof typeof NAMES]
    const rows = await query(`select ${column}::text as name from ${table} order by 1`)
    expect(
      rows.map(({ name }) => name),
      table,
    ).toEqual(kept)
  }
})

test('a lead not seen for RETENTION_DAYS is erased, a later one is kept', async () => {
  for (const [name, days] of [
    ['old', 31],
    ['new', 29],
  ] as const) {
    const values = { name: 'Jane Roe', email: `${name}@example.com`, message: 'Hello' }
    await capture(database().$client, { form: 'inquiry', values, attribution: {} }, parseConfig({}))
    await query(
      `update leads set seen_at = now() - make_interval(days => $2) where email_canonical = $1`,
      values.email,
      days,
    )
  }
  await sweep(database(), 30)
  expect(await query('select email_canonical from leads')).toEqual([{ email_canonical: 'new@example.com' }])
})
