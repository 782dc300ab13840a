import { parseArgs } from 'node:util'
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { type CommandResult, runCommand } from '#lib/db/open-command'
import { webhookAttempts, webhooks } from '#lib/db/schema'
import { bodyOf, postponeWebhook, type WebhookRow } from '#lib/webhooks/deliver'
import { enable, isDisabled } from '#lib/webhooks/endpoint'

/** `npm run webhook`: lists webhooks and sends them again. */
const USAGE = `npm run webhook -- list [--failed]              the last 50, newest first
npm run webhook -- show ID                      its body and each attempt
npm run webhook -- replay ID …                  send again, with the same id and body
npm run webhook -- replay --failed [--days 30]  send all again that failed in the last days
npm run webhook -- enable                       send again to an address that had answered 410`

const done = (...lines: string[]): CommandResult => ({ code: 0, lines })
const refused = (...lines: string[]): CommandResult => ({ code: 1, lines })
const FAILED = eq(webhooks.state, 'failed')

/** Runs a command, given its words after `npm run webhook --`. */
export async function runWebhookCommand(db: Database, words: string[]): Promise<CommandResult> {
  const read = readWords(words)
  if (!read) return { code: 2, lines: [USAGE] }
  const [verb, ...ids] = read.words
  if (verb === 'list' && !ids.length) return list(db, read.failed)
  if (verb === 'show' && ids.length === 1) return show(db, ids[0] ?? '')
  if (verb === 'replay' && ids.length > 0 !== read.failed) return replay(db, ids, read.days)
  if (verb === 'enable' && !ids.length) return enableReceiver(db)
  return { code: 2, lines: [USAGE] }
}

function readWords(args: string[]) {
  try {
    const options = {
      failed: { type: 'boolean', default: false },
      days: { type: 'string', default: '30' },
    } as const
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
    const days = Number(values.days)
    return days > 0 ? { words: positionals, failed: values.failed, days } : undefined
  } catch {
    return undefined
  }
}

async function list(db: Database, failed: boolean): Promise<CommandResult> {
  const rows = await db
    .select()
    .from(webhooks)
    .where(failed ? FAILED : undefined)
    .orderBy(desc(webhooks.createdAt))
    .limit(50)
  return rows.length ? done(...rows.map(line)) : done('There are none.')
}

function line({ id, type, state, attempts, createdAt, data, lastError }: WebhookRow): string {
  const parts = [id, createdAt.toISOString(), type.padEnd(15), String(data.reference), state, `${attempts}×`]
  return [...parts, ...(lastError ? [lastError] : [])].join('  ')
}

async function show(db: Database, id: string): Promise<CommandResult> {
  const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, id))
  if (!webhook) return refused(`There is no webhook ${id}. npm run webhook -- list shows the last ones.`)
  const attempts = await db
    .select()
    .from(webhookAttempts)
    .where(eq(webhookAttempts.webhookId, id))
    .orderBy(asc(webhookAttempts.id))
  const tries = attempts.map(({ startedAt, endedAt, status, error }) => {
    const took = endedAt ? `${endedAt.getTime() - startedAt.getTime()} ms` : 'no end: the process died'
    return `${startedAt.toISOString()}  ${status ?? '–'}  ${took}${error ? `  ${error}` : ''}`
  })
  return done(line(webhook), bodyOf(webhook), ...tries)
}

/** Sends webhooks again: the named ones, or else all that failed in the last days. */
async function replay(db: Database, named: string[], days: number): Promise<CommandResult> {
  const { webhook } = readConfig()
  if (!webhook) return refused('WEBHOOK_URL is not set, so nothing can be sent.')
  if (await isDisabled(db, webhook.url))
    return refused('The receiver said that it is gone (410). First: npm run webhook -- enable')
  const recent = sql`${webhooks.createdAt} > now() - make_interval(secs => ${days * 86_400})`
  const ids = named.length
    ? named
    : (await db.select({ id: webhooks.id }).from(webhooks).where(and(FAILED, recent))).map(({ id }) => id)
  const unknown: string[] = []
  for (const id of ids) if (!(await sendAgain(db, id))) unknown.push(id)
  const sent = ids.length - unknown.length
  const lines = [
    `${sent || 'None'} will be sent again now.`,
    ...unknown.map((id) => `There is no webhook ${id}.`),
  ]
  return unknown.length ? refused(...lines) : done(...lines)
}

async function sendAgain(db: Database, id: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Attempts are counted from zero again, so that the pauses start over.
    await tx.update(webhooks).set({ attempts: 0 }).where(eq(webhooks.id, id))
    return postponeWebhook(tx, id, 0, null)
  })
}

async function enableReceiver(db: Database): Promise<CommandResult> {
  await enable(db)
  return done(
    'Webhooks are sent to the address again. npm run webhook -- replay --failed sends those that were held back.',
  )
}

if (import.meta.main) await runCommand(runWebhookCommand)
