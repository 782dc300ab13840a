import { parseArgs } from 'node:util'
import { asc, desc, eq } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { type Database, openDatabase } from '#lib/db/connection'
import { findEmbedded } from '#lib/db/embedded'
import { webhookAttempts, webhooks } from '#lib/db/schema'
import { bodyOf, postponeWebhook } from '#lib/webhooks/deliver'
import { setDisabled } from '#lib/webhooks/endpoint'

/** `npm run webhook`: what was sent to the receiver, and sending it again. */
const USAGE = `npm run webhook -- list [--failed]         the last 50, newest first
npm run webhook -- show ID                 its body and each attempt
npm run webhook -- replay ID … | --failed  send again, with the same id and body
npm run webhook -- enable                  send to an address again that had answered 410`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { failed: { type: 'boolean', default: false } },
})
type WebhookRow = typeof webhooks.$inferSelect

async function list(db: Database): Promise<string> {
  const rows = await db
    .select()
    .from(webhooks)
    .where(values.failed ? eq(webhooks.state, 'failed') : undefined)
    .orderBy(desc(webhooks.createdAt))
    .limit(50)
  return rows.map(line).join('\n') || 'There are none.'
}

function line({ id, type, state, attempts, createdAt, data, lastError }: WebhookRow): string {
  const parts = [id, createdAt.toISOString(), type.padEnd(15), String(data.reference), state, `${attempts}×`]
  return [...parts, ...(lastError ? [lastError] : [])].join('  ')
}

async function show(db: Database, id: string): Promise<string> {
  const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, id))
  if (!webhook) return `There is no webhook ${id}. npm run webhook -- list shows the last ones.`
  const attempts = await db
    .select()
    .from(webhookAttempts)
    .where(eq(webhookAttempts.webhookId, id))
    .orderBy(asc(webhookAttempts.id))
  const tries = attempts.map(({ startedAt, endedAt, status, error }) => {
    const took = endedAt ? `${endedAt.getTime() - startedAt.getTime()} ms` : 'no end: the process died'
    return `${startedAt.toISOString()}  ${status ?? '–'}  ${took}${error ? `  ${error}` : ''}`
  })
  return [line(webhook), bodyOf(webhook), ...tries].join('\n')
}

async function replay(db: Database, ids: string[]): Promise<string> {
  const rows = values.failed
    ? await db.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.state, 'failed'))
    : ids.map((id) => ({ id }))
  for (const { id } of rows) {
    await db.transaction(async (tx) => {
      // Its attempts begin anew: the pauses between them, too.
      await tx.update(webhooks).set({ attempts: 0 }).where(eq(webhooks.id, id))
      await postponeWebhook(tx, id, 0, null)
    })
  }
  return rows.length ? `${rows.length} will be sent again at once.` : 'There is nothing to send again.'
}

async function enable(db: Database): Promise<string> {
  await setDisabled(db, '', false)
  return 'The address is sent to again. npm run webhook -- replay --failed sends what was held back.'
}

async function run(db: Database): Promise<string> {
  const [verb, ...ids] = positionals
  if (verb === 'list') return list(db)
  if (verb === 'show' && ids[0]) return show(db, ids[0])
  if (verb === 'replay' && (ids.length || values.failed)) return replay(db, ids)
  if (verb === 'enable') return enable(db)
  return USAGE
}

const { databaseUrl, dataDir } = readConfig()
const url = databaseUrl ?? (await findEmbedded(dataDir))
if (!url) {
  console.error('The database is not running. Start it with npm start, or set DATABASE_URL.')
  process.exit(1)
}
const db = openDatabase(url, 1)
console.log(await run(db))
await db.$client.end()
