import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '#lib/db/migrate'
import { ADMIN, OWNER, readPasswords, SERVICE } from '#lib/postgres/roles'
import { type EmbeddedServer, startEmbedded } from '#lib/postgres/server'

/**
 * A real PostgreSQL for the tests. Each test file clones its own database from a migrated template, which takes a tenth
 * of a second.
 */
const TEMPLATE = 'trackstat_template'

/**
 * Starts a server in a new folder and creates the template. Sets TEST_DATABASE_URL (superuser) and TEST_SERVICE_URL
 * (service role) for `createDatabase`.
 * @param durable whether commits wait for the disk, as in production: the bench needs that
 */
export async function startTestPostgres({ durable = false } = {}): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) return async () => {}
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-test-'))
  // As root the server runs as another user, who needs access; otherwise the data would be stored elsewhere.
  chmodSync(folder, 0o711)
  const server = await startEmbedded(folder)
  const admin = await adminUrl(server)
  // These databases never survive their server, so a commit need not wait for the disk: up to 40 ms each when busy.
  // Tests that kill PostgreSQL start their own server, which keeps the durable settings.
  if (!durable) await run(admin, 'alter role all set synchronous_commit = off')
  await run(admin, `create database ${TEMPLATE} owner ${OWNER}`)
  await migrate(named(server.ownerUrl, TEMPLATE), SERVICE)
  process.env.TEST_DATABASE_URL = admin
  process.env.TEST_SERVICE_URL = server.url
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The superuser's URL of a server, for changes that the service role may not make. */
export async function adminUrl({ url, dataDir }: EmbeddedServer): Promise<string> {
  const admin = new URL(url)
  admin.username = ADMIN
  admin.password = (await readPasswords(dataDir))[ADMIN]
  return admin.href
}

/** A test's database; `url` has the service role, as in production. */
export type TestDatabase = { url: string; adminUrl: string; drop: () => Promise<void> }

/** Needs `startTestPostgres`. */
export async function createDatabase(): Promise<TestDatabase> {
  const { TEST_DATABASE_URL: admin, TEST_SERVICE_URL: service } = process.env
  if (!admin || !service)
    throw new Error(
      'PostgreSQL is not running: a test that needs it is named x.integration.test.ts or x.fault.test.ts',
    )
  const name = `test_${randomBytes(6).toString('hex')}`
  await run(admin, `create database ${name} template ${TEMPLATE} owner ${OWNER}`)
  return {
    url: named(service, name),
    adminUrl: named(admin, name),
    drop: () => run(admin, `drop database ${name} with (force)`),
  }
}

function named(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
