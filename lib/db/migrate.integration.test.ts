import { expect, test } from 'vitest'
import { DatabaseTooOld, migrate } from '#lib/db/migrate'
import { SERVICE } from '#lib/postgres/roles'
import { givenAdminClient } from '../../e2e/stack/own-database.ts'

const given = givenAdminClient()

const LEAD = '00000000-0000-4000-8000-000000000001'

test('a migrated database is migrated again: rows are kept, functions are those of their files', async () => {
  await given.client.query(
    `insert into leads (id, email_canonical, email, name, thread_subject) values ($1, 'a@example.com', 'a@example.com', 'A', 'S')`,
    [LEAD],
  )
  await given.client.query(
    `create or replace function reject_event_update() returns trigger language plpgsql as $$begin return new; end$$`,
  )
  await migrate(given.made.adminUrl, SERVICE)
  expect((await given.client.query('select from leads where id = $1', [LEAD])).rowCount).toBe(1)
  await given.client.query(`insert into events (lead_id, kind) values ($1, 'submitted')`, [LEAD])
  await expect(given.client.query(`update events set kind = 'other'`)).rejects.toMatchObject({
    code: 'TS002',
  })
})

test('a database from before the first release is refused, and left as it is', async () => {
  await given.client.query(`update drizzle.__drizzle_migrations set hash = 'another'`)
  await expect(migrate(given.made.adminUrl, SERVICE)).rejects.toBeInstanceOf(DatabaseTooOld)
  await expect(migrate(given.made.adminUrl, SERVICE)).rejects.toThrow(/Set DATA_DIR to a new folder/)
  expect((await given.client.query('select from leads where id = $1', [LEAD])).rowCount).toBe(1)
})
