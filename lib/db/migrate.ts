import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { Client } from '#lib/db/client'
import { OperatorError } from '#lib/operator-error'

const MIGRATIONS = resolve('lib/db/migrations')
const FUNCTIONS = resolve('lib/db/functions')

/** Any number that no other program uses on this database; all instances must use the same. */
const MIGRATION_LOCK = 7_014_970_140

/**
 * Migrates the database to the current schema, forward only. Several instances may start at once: one takes the lock and
 * migrates, the others then find nothing to do.
 * @param databaseUrl with the role that owns, or will own, the tables
 * @param serviceRole a second role that gets only what site and worker need; without it they use the owner
 * @throws {DatabaseTooOld} where a version before the first release made the database
 */
export async function migrate(databaseUrl: string, serviceRole?: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'trackstat migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query('set client_min_messages = warning')
    await refuseTooOld(client)
    await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS })
    await applyFunctions(client)
    if (serviceRole) await grantService(client, serviceRole)
  } finally {
    // Ends the session, which releases the lock.
    await client.end()
  }
}

/** The database was made by a version before the first release, so its migrations are not ours. */
export class DatabaseTooOld extends OperatorError {
  override name = 'DatabaseTooOld'

  constructor() {
    super(
      'This database was made by a version before the first release, and can’t be upgraded. Set DATA_DIR to a new folder, or DATABASE_URL to a new database; the old one is left as it is.',
    )
  }
}

/** @throws {DatabaseTooOld} if the database's oldest migration is not our first one */
async function refuseTooOld(client: Client): Promise<void> {
  const { rows: known } = await client.query(
    `select from pg_tables where schemaname = 'drizzle' and tablename = '__drizzle_migrations'`,
  )
  if (known.length === 0) return
  const { rows } = await client.query<{ hash: string }>(
    'select hash from drizzle.__drizzle_migrations order by created_at limit 1',
  )
  const [first = ''] = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()
  const hash = createHash('sha256')
    .update(await readFile(join(MIGRATIONS, first)))
    .digest('hex')
  if (rows[0] && rows[0].hash !== hash) throw new DatabaseTooOld()
}

/** Creates or replaces the functions and triggers from their files, in one transaction. */
async function applyFunctions(client: Client): Promise<void> {
  const files = (await readdir(FUNCTIONS)).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(FUNCTIONS, file), 'utf8')))
  await client.query(`begin; ${texts.join('\n')} commit`)
}

/** What site and worker need, and the doctor of the list of migrations. Repeated, because a migration may add tables. */
async function grantService(client: Client, role: string): Promise<void> {
  await client.query(`
    grant usage on schema public, drizzle to ${role};
    grant select, insert, update, delete on all tables in schema public to ${role};
    grant usage on all sequences in schema public to ${role};
    grant select on all tables in schema drizzle to ${role}`)
}
