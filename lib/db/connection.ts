import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { readConfig } from '#lib/config'
import { Client } from '#lib/db/client'
import * as schema from '#lib/db/schema'
import { log } from '#lib/log'

export type Database = NodePgDatabase<typeof schema> & { $client: pg.Pool }

// On globalThis, because development reloads this module on each change and must keep the pool.
const kept = globalThis as { trackstatDatabase?: Database }

/**
 * The pool of this process, opened at first use, because the build imports this module too. Statements are limited to 3 s
 * and waiting for a connection to 2.5 s, so that a visitor gets an error page soon if the database does not answer.
 */
export function database(): Database {
  kept.trackstatDatabase ??= openDatabase(readConfig().databaseUrl ?? '')
  return kept.trackstatDatabase
}

/** Opens a separate pool, for commands and tests. The caller ends it. */
export function openDatabase(url: string, maxConnections = 10): Database {
  const pool = new pg.Pool({
    Client,
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 2500,
    query_timeout: 2800,
    statement_timeout: 3000,
    idleTimeoutMillis: 30_000,
    application_name: `trackstat ${process.env.TRACKSTAT_PROCESS ?? ''}`.trim(),
  })
  // Without a listener, the error of an idle connection that the server closes would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'a database connection was lost'))
  // The same while a transaction has the connection, whose statements then fail.
  pool.on('connect', (client) => client.on('error', () => {}))
  // A session refused as read-only stays so after its database accepts writes again, or after a failover.
  pool.on('release', (_error, client) => {
    if ((client as pg.PoolClient & Client).isReadOnly) void client.end()
  })
  return drizzle(pool, { schema })
}

export async function closeDatabase(): Promise<void> {
  const open = kept.trackstatDatabase
  kept.trackstatDatabase = undefined
  await open?.$client.end()
}
