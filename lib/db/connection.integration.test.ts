import { sql } from 'drizzle-orm'
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
