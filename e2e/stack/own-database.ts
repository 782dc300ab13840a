import { afterAll, beforeAll } from 'vitest'
import { closeDatabase, database } from '#lib/db/connection'
import { createDatabase } from './postgres.ts'

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
