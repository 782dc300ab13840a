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
 * The pool of this process, opened at first use, because the build imports this module too. A statement may take 3 s and
 * waiting for a connection 2.5 s, so that a visitor is told within 3 s that the database does not answer.
 */
export function database(): Database {
  kept.trackstatDatabase ??= openDatabase(readConfig().databaseUrl ?? '')
  return kept.trackstatDatabase
}

/** Opens a pool of its own, for commands and tests. The caller ends it. */
export function openDatabase(url: string, most = 10): Database {
  const pool = new pg.Pool({
    Client,
    connectionString: url,
    max: most,
    connectionTimeoutMillis: 2500,
    query_timeout: 2800,
    statement_timeout: 3000,
    idleTimeoutMillis: 30_000,
    application_name: `trackstat ${process.env.TRACKSTAT_PROCESS ?? ''}`.trim(),
  })
  // Without a listener, the error of an idle connection that the server closes would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'a database connection was lost'))
  // Such a session stays read-only after its database accepts writes again, or after a failover.
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
