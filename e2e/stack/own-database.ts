import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { closeDatabase, database } from '#lib/db/connection'
import { createDatabase, type TestDatabase } from './postgres.ts'

/** Creates a database for a test file and makes it the one that `database()` opens. Returns a query function. */
export function givenOwnDatabase() {
  let drop: () => Promise<void>
  beforeAll(async () => {
    const made = await createDatabase()
    drop = made.drop
    process.env.DATABASE_URL = made.url
  })
  afterAll(async () => {
    await closeDatabase()
    await drop()
  })
  return async (text: string, ...values: unknown[]) => (await database().$client.query(text, values)).rows
}

/** Changes the tables of that database, which the service role may not. */
export async function asAdmin(statement: string): Promise<void> {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '')
  url.pathname = new URL(process.env.DATABASE_URL ?? '').pathname
  const client = new pg.Client(url.href)
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** Creates a database for a test file. Returns it, and a connection to it as the superuser; both exist once tests run. */
export function givenAdminClient(): { made: TestDatabase; client: pg.Client } {
  const given = {} as { made: TestDatabase; client: pg.Client }
  beforeAll(async () => {
    given.made = await createDatabase()
    given.client = new pg.Client(given.made.adminUrl)
    await given.client.connect()
  })
  afterAll(async () => {
    await given.client.end()
    await given.made.drop()
  })
  return given
}
