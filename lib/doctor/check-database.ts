import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import type { Config } from '#lib/config'
import { type Finding, ok, problem } from '#lib/doctor/finding'
import { findEmbedded } from '#lib/postgres/server'
import { hashUrl } from '#lib/webhooks/endpoint'

const WORKER_SILENT_S = 30
/** A receiver that works takes an event within seconds. */
const MAX_WAIT_S = 600

/** The database, and what it says of migrations, worker, mail server and webhook receiver. */
export async function checkDatabase(config: Config): Promise<Finding[]> {
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

/** Whether the workers could last deliver to the mail server. */
async function checkDelivery(client: Client): Promise<Finding> {
  const { rows } = await client.query(
    'select state, reason, extract(epoch from now() - since)::int as seconds from mail_server_state',
  )
  const [route] = rows
  if (!route) return ok('Delivery', 'no mail was sent yet')
  const { state, reason, seconds } = route
  if (state === 'ok') return ok('Delivery', 'the mail server took the last mail')
  return problem(
    'Delivery',
    `${state} for ${Math.ceil(seconds / 60)} min: ${reason}; mails wait, check SMTP_URL`,
  )
}

/** Whether the webhook receiver takes events. */
async function checkReceiver(client: Client, { webhook }: Config): Promise<Finding[]> {
  if (!webhook) return []
  const { rows } = await client.query(
    `select (select disabled_url_hash from webhook_endpoint) = $1 as gone,
      (select count(*)::int from webhooks where state = 'failed' and created_at > now() - interval '30 days') as failed,
      (select extract(epoch from now() - min(created_at))::int from webhooks where state in ('queued', 'sending')) as waiting,
      (select last_error from webhooks where state = 'queued' and last_error is not null order by created_at limit 1) as error`,
    [hashUrl(webhook.url)],
  )
  const { gone, failed, waiting, error } = rows[0]
  const faults = [
    gone && 'the receiver answered 410 Gone; npm run webhook -- enable',
    waiting > MAX_WAIT_S &&
      `the oldest event waits for ${Math.round(waiting / 60)} minutes: ${error ?? 'not tried yet'}`,
    failed && `${failed} were given up in the last 30 days; npm run webhook -- replay --failed`,
  ]
  const fault = faults.find(Boolean)
  return [fault ? problem('Webhooks', fault) : ok('Webhooks', 'the receiver takes them')]
}
