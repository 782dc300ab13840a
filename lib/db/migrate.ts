import { resolve } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { Client } from '#lib/db/client'
import { grantService } from '#lib/db/grants'
import { installQueues } from '#lib/jobs/queues'

/** Any number that no other program uses on this database; all instances must use the same. */
const MIGRATION_LOCK = 7_014_970_140

/**
 * Brings the database to the present schema, forward only. Several instances may start at once: the
 * lock lets one of them work, the others find nothing left to do.
 * @param databaseUrl as the role that owns the tables, or shall own them
 * @param serviceRole another role that gets what site and worker need; without it the owner does all
 */
export async function migrate(databaseUrl: string, serviceRole?: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'trackstat migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query('set client_min_messages = warning')
    await applyMigrations(drizzle(client), { migrationsFolder: resolve('lib/db/migrations') })
    await installQueues(databaseUrl, client)
    if (serviceRole) await grantService(client, serviceRole)
  } finally {
    // Ends the session and with it the lock.
    await client.end()
  }
}
