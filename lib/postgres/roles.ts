import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { EmbeddedError, OTHER_VERSION } from '#lib/postgres/fault'

/**
 * The roles of the embedded server. Only the launcher is superuser; the owner role owns the database and
 * migrates it; the service role, which site and worker use, reads and writes rows (see `grants.ts`).
 */
export const ADMIN = 'postgres'
export const OWNER = 'trackstat_owner'
export const SERVICE = 'trackstat'
const DATABASE = 'trackstat'

const RIGHTS = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls'
/** Any number, for an advisory lock: two launchers that alter the same role at once would get an error. */
const ROLES_LOCK = 7_014_970_141

type Passwords = Record<typeof ADMIN | typeof OWNER | typeof SERVICE, string>

/**
 * The roles' passwords. The others are derived from the superuser's, so that one file contains the whole secret, and none
 * reveals another.
 * @param folder contains the file `password`
 */
export async function readPasswords(folder: string): Promise<Passwords> {
  const admin = (await readFile(join(folder, 'password'), 'utf8')).trim()
  const derive = (role: string) => createHmac('sha256', admin).update(role).digest('hex')
  return { [ADMIN]: admin, [OWNER]: derive(OWNER), [SERVICE]: derive(SERVICE) }
}

/** The addresses of the service's database for the service role and for its owner. */
export async function databaseUrls(
  folder: string,
  port: number,
): Promise<{ service: string; owner: string }> {
  const passwords = await readPasswords(folder)
  const address = (role: typeof OWNER | typeof SERVICE) =>
    `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/${DATABASE}`
  return { service: address(SERVICE), owner: address(OWNER) }
}

/**
 * Creates the roles and the database. Runs at each start, because the first one may have been interrupted.
 * @throws {EmbeddedError} for a database of an older version, before anything in it is changed
 */
export async function prepareDatabase(folder: string, port: number): Promise<void> {
  const passwords = await readPasswords(folder)
  const asAdmin = { host: '127.0.0.1', port, user: ADMIN, password: passwords[ADMIN] }
  await withClient({ ...asAdmin, database: 'postgres' }, async (client) => {
    await client.query('select pg_advisory_lock($1)', [ROLES_LOCK])
    const owner = await ownerOfDatabase(client)
    if (owner && owner !== OWNER)
      throw new EmbeddedError(`The database in ${folder} has other roles. ${OTHER_VERSION}`)
    for (const role of [OWNER, SERVICE] as const) await prepareRole(client, role, passwords[role])
    if (!owner) await client.query(`create database ${DATABASE} owner ${OWNER}`)
    await client.query(
      `revoke all on database postgres, template1, ${DATABASE} from public; grant connect on database ${DATABASE} to ${SERVICE}`,
    )
  })
}

async function prepareRole(client: Client, role: string, password: string): Promise<void> {
  const known = await client.query('select from pg_roles where rolname = $1', [role])
  if (!known.rowCount) await client.query(`create role ${role} password '${password}'`)
  await client.query(`alter role ${role} ${RIGHTS}`)
}

async function ownerOfDatabase(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ owner: string }>(
    'select pg_get_userbyid(datdba)::text as owner from pg_database where datname = $1',
    [DATABASE],
  )
  return rows[0]?.owner
}

type Login = { host: string; port: number; user: string; password: string; database: string }

async function withClient(login: Login, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ ...login, connectionTimeoutMillis: 5_000 })
  // Without a listener, a server that stops meanwhile would end this process.
  client.on('error', () => {})
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
