import { afterAll, beforeAll } from 'vitest'
import { closeDatabase, database } from '#lib/db/connection'
import { createDatabase } from './postgres.ts'

/**
 * A database of their own for the tests of a file, as the one that the service opens by itself. Answers how to
 * look into it.
 */
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
