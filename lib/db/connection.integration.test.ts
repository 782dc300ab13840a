import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '#lib/db/connection'
import { createDatabase } from '../../e2e/stack/postgres.ts'

const made = await createDatabase()
const database = openDatabase(made.url, 1)
afterAll(async () => {
  await database.$client.end()
  await made.drop()
})

test('a session in which a transaction was refused as read-only is not used again', async () => {
  await database.execute(sql`set default_transaction_read_only = on`)
  const write = () =>
    database.transaction((tx) => tx.execute(sql`insert into rate_limits (key, points) values ('test', 1)`))
  await expect(write()).rejects.toMatchObject({ code: '25006' })
  await write()
})

test('a connection that is lost between two statements of a transaction fails only the transaction', async () => {
  const admin = new pg.Client(made.adminUrl)
  await admin.connect()
  const lost = database.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await admin.query('select pg_terminate_backend($1, 10000)', [rows[0]?.pid])
    // Resolves when the client has seen it.
    await expect.poll(() => tx.execute(sql`select 1`).catch(() => 'lost')).toBe('lost')
    await tx.execute(sql`select 1`)
  })
  await expect(lost).rejects.toThrow()
  await admin.end()
  // An error event without a listener would end the process; here it fails the file.
  expect((await database.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }])
})
