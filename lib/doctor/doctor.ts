import { readFileSync, statfsSync } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Client } from 'pg'
import { type Config, ConfigError, readConfig } from '#lib/config'
import { checkDelivery } from '#lib/doctor/check-delivery'
import { checkFilm } from '#lib/doctor/check-film'
import { checkReceiver } from '#lib/doctor/check-receiver'
import { type Finding, ok, problem, warning } from '#lib/doctor/finding'
import { localAddress } from '#lib/local-address'
import { warnOfOwnReplies } from '#lib/mail/audience'
import { probeMailServer } from '#lib/mail/smtp'
import { findEmbedded } from '#lib/postgres/server'
import { tryPort } from '#lib/process/ports'

/**
 * `npm run doctor`: one line for each check, with what to do if it failed. Changes nothing. Exits 1 if any failed.
 */
const MIN_NODE = 22
const MIN_FREE_MB = 500
const WORKER_SILENT_S = 30

async function examine(): Promise<Finding[]> {
  const node = checkNode()
  try {
    const config = readConfig()
    const findings = [node, ok('Settings', 'all can be used'), await checkFolder(config)]
    return [
      ...findings,
      ...(await checkDatabase(config)),
      await checkMail(config),
      ...checkNotices(config),
      ...(await checkFilm(config)),
      await checkSite(config),
    ]
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [node, ...error.message.split('\n').map((fault) => problem('Settings', fault))]
  }
}

function checkNode(): Finding {
  const { node } = process.versions
  if (Number.parseInt(node, 10) >= MIN_NODE) return ok('Node', node)
  return problem('Node', `${node} is too old; run this as npm run doctor, which brings its own`)
}

async function checkFolder({ dataDir }: Config): Promise<Finding> {
  const exists = await stat(dataDir).then(
    (found) => found.isDirectory(),
    () => undefined,
  )
  if (exists === false) return problem('Data', `${dataDir} is a file; move it, or set DATA_DIR`)
  const folder = exists ? dataDir : dirname(dataDir)
  const { W_OK, X_OK } = constants
  const writable = await access(folder, W_OK | X_OK).then(
    () => true,
    () => false,
  )
  if (!writable) return problem('Data', `${folder} can't be written by this user; chown it, or set DATA_DIR`)
  const { bavail, bsize } = statfsSync(folder)
  const free = Math.floor((bavail * bsize) / 1_048_576)
  if (free < MIN_FREE_MB) return problem('Data', `only ${free} MB are free for ${dataDir}; make room`)
  return ok('Data', exists ? `${dataDir}, ${free} MB free` : `${dataDir} is made by npm start`)
}

async function checkDatabase(config: Config): Promise<Finding[]> {
  try {
    const url = config.databaseUrl ?? (await findEmbedded(config.dataDir))
    if (!url) return [ok('Database', 'not running; npm start starts it')]
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 })
    client.on('error', () => {})
    await client.connect()
    try {
      return await examineDatabase(client, new URL(url).host, config)
    } finally {
      await client.end()
    }
  } catch (error) {
    const { message, code = 'no answer' } = error as NodeJS.ErrnoException
    const remedy = config.databaseUrl
      ? 'check DATABASE_URL and that the server runs'
      : 'see the folder of DATA_DIR'
    return [problem('Database', `${message || code}; ${remedy}`)]
  }
}

async function examineDatabase(client: Client, host: string, config: Config): Promise<Finding[]> {
  const { rows } = await client.query(
    `select current_setting('server_version') as version, to_regclass('drizzle.__drizzle_migrations') is not null as prepared`,
  )
  const { version, prepared } = rows[0]
  const connection = ok('Database', `PostgreSQL ${version} at ${host}`)
  if (!prepared) return [connection, problem('Migrations', 'none is applied; npm start applies them')]
  const receiver = await checkReceiver(client, config)
  const mail = [await checkWorker(client), await checkDelivery(client)]
  return [connection, await checkMigrations(client), ...mail, ...receiver]
}

async function checkMigrations(client: Client): Promise<Finding> {
  const journal = readFileSync(new URL('../db/migrations/meta/_journal.json', import.meta.url), 'utf8')
  const known: { when: number }[] = JSON.parse(journal).entries
  const { rows } = await client.query(
    'select count(*)::int as applied, max(created_at)::float8 as last from drizzle.__drizzle_migrations',
  )
  const { applied, last } = rows[0]
  const missing = known.filter(({ when }) => when > (last ?? 0)).length
  if (missing)
    return problem('Migrations', `${missing} of ${known.length} are missing; npm start applies them`)
  if (applied > known.length)
    return problem('Migrations', 'the database is newer than this program; start the newer version of it')
  return ok('Migrations', `all ${known.length} applied`)
}

async function checkWorker(client: Client): Promise<Finding> {
  const { rows } = await client.query(
    'select extract(epoch from now() - max(seen_at))::int as silent from workers',
  )
  const { silent } = rows[0]
  if (silent !== null && silent <= WORKER_SILENT_S) return ok('Worker', `last seen ${silent} s ago`)
  const since = silent === null ? 'none has reported' : `the last was seen ${silent} s ago`
  return problem('Worker', `${since}, so no mail goes out; start one with npm start or npm run worker`)
}

async function checkMail({ smtpUrl, appUrl }: Config): Promise<Finding> {
  if (!smtpUrl) return ok('Mail', 'kept in the local inbox; set SMTP_URL to deliver it')
  const { host, username } = new URL(smtpUrl)
  try {
    await probeMailServer({ smtpUrl, hello: new URL(appUrl).hostname })
    return ok('Mail', `${host} answers${username ? ' and takes the sign-in' : ''}`)
  } catch (error) {
    const { message } = error as Error
    return problem('Mail', `${host}: ${message}; check SMTP_URL and that this machine may connect there`)
  }
}

function checkNotices(config: Config): Finding[] {
  const warned = warnOfOwnReplies(config)
  return warned ? [warning('Notices', warned)] : []
}

async function checkSite(config: Config): Promise<Finding> {
  const code = config.port ? await tryPort(config.port, config.host) : undefined
  if (code === undefined) return ok('Site', `not running; port ${config.port} is free for npm start`)
  if (code !== 'EADDRINUSE')
    return problem('Site', `can't listen on ${config.host}:${config.port} (${code}); set HOST and PORT`)
  const address = localAddress(config)
  const ready = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(5_000) })
    .then(
      (answer) => answer.json() as Promise<Record<string, unknown>>,
      () => undefined,
    )
    .catch(() => undefined)
  if (!ready || !('database' in ready))
    return problem('Site', `port ${config.port} is taken by another program; stop that one, or set PORT`)
  const faults = ['database', 'mail', 'worker'].filter((part) => ready[part] !== 'ok')
  if (faults.length === 0) return ok('Site', `${config.appUrl} is up`)
  return problem('Site', faults.map((part) => `${part}: ${ready[part]}`).join('; '))
}

const findings = await examine()
for (const { name, ok, message, warning } of findings)
  console.log(`${warning ? 'WARN ' : ok ? 'ok   ' : 'WRONG'}  ${name.padEnd(12)}${message}`)
process.exit(findings.every(({ ok }) => ok) ? 0 : 1)
