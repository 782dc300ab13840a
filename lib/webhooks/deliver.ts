import { eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { webhookAttempts, webhooks } from '#lib/db/schema'
import { log } from '#lib/log'
import { raiseAlarm } from '#lib/mail/alarm'
import { keepAnswer, releaseWelcome } from '#lib/trials/account'
import type { Transaction } from '#lib/trials/ledger'
import { isDisabled, setDisabled } from '#lib/webhooks/endpoint'
import { nextPause } from '#lib/webhooks/retry'
import { type Answer, type Receiver, sendWebhook } from '#lib/webhooks/send'

type WebhookRow = typeof webhooks.$inferSelect
type Attempt = { id: number; status?: number; error?: string; retryAfter?: string }

const GONE = 410
/** The one event whose answer is read: the product may say where the visitor signs in. */
const CONFIRMED = 'trial.confirmed'

/**
 * Makes one attempt to deliver one webhook and writes down what became of it. One that is delivered or given
 * up already is left alone, so a job that comes twice sends once. Throws only what the database throws.
 */
export async function deliverWebhook(db: Database, webhookId: string, config: Config): Promise<void> {
  const webhook = await begin(db, webhookId)
  if (!webhook) return
  if (!config.webhook) return giveUp(db, webhook, 'no address: WEBHOOK_URL is not set')
  if (await isDisabled(db, config.webhook.url))
    return giveUp(db, webhook, 'not sent: the address said that it is gone (410)')
  const attemptId = await recordAttempt(db, webhook)
  try {
    const answer = await sendWebhook(config.webhook, webhook.id, bodyOf(webhook))
    if (answer.status >= 200 && answer.status < 300)
      return await finish(db, webhook, attemptId, answer, config)
    const { status, retryAfter } = answer
    const attempt = { id: attemptId, status, retryAfter, error: `the receiver answered ${status}` }
    await settle(db, webhook, attempt, config)
  } catch (error) {
    if ((error as Error).name === 'DrizzleQueryError') throw error
    await settle(db, webhook, { id: attemptId, error: explain(error as Error) }, config)
  }
}

/** What goes out, made of nothing that changes: each attempt carries the same bytes. */
export function bodyOf({ type, createdAt, data }: Pick<WebhookRow, 'type' | 'createdAt' | 'data'>): string {
  return JSON.stringify({ type, timestamp: createdAt.toISOString(), data })
}

function explain(error: Error): string {
  return error.name === 'TimeoutError' ? 'no whole answer within 15 s' : error.message || error.name
}

async function begin(db: Database, webhookId: string): Promise<WebhookRow | undefined> {
  const [webhook] = await db
    .update(webhooks)
    .set({ state: 'sending' })
    .where(
      sql`${webhooks.id} = ${webhookId} and ${webhooks.state} in ('queued', 'sending')
        and ${webhooks.notBefore} <= now() + interval '1 second'`,
    )
    .returning()
  return webhook
}

/** Before the conversation: a crash in the middle of it must leave a trace. */
async function recordAttempt(db: Database, webhook: WebhookRow): Promise<number> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with counted as (update webhooks set attempts = attempts + 1 where id = ${webhook.id})
    insert into webhook_attempts (webhook_id) values (${webhook.id}) returning id`)
  return Number(rows[0]?.id)
}

async function finish(db: Database, webhook: WebhookRow, attemptId: number, answer: Answer, config: Config) {
  const loginUrl = config.webhook && readLoginUrl(webhook, answer, config.webhook)
  await db.transaction(async (tx) => {
    await endAttempt(tx, { id: attemptId, status: answer.status })
    const delivered = { state: 'delivered' as const, deliveredAt: sql`now()`, lastError: null }
    await tx.update(webhooks).set(delivered).where(eq(webhooks.id, webhook.id))
    if (webhook.type === CONFIRMED) await keepAnswer(tx, webhook, loginUrl, config)
  })
  log.info({ webhook: webhook.id, type: webhook.type, status: answer.status }, 'webhook')
}

const provisioned = z.object({ login_url: z.url().max(2000) })

/** Where the visitor signs in, if the product has set the trial up and says so in its answer. */
function readLoginUrl({ type }: WebhookRow, answer: Answer, { allow }: Receiver): string | undefined {
  if (type !== CONFIRMED || !/^application\/json\b/.test(answer.contentType)) return undefined
  try {
    const { login_url } = provisioned.parse(JSON.parse(answer.body ?? ''))
    const { protocol, hostname } = new URL(login_url)
    // It goes into a mail and onto a page: no address that runs script, none that can be listened to.
    return protocol === 'https:' || (protocol === 'http:' && allow.includes(hostname)) ? login_url : undefined
  } catch {
    return undefined
  }
}

async function endAttempt(db: Pick<Database, 'update'>, { id, status, error }: Attempt): Promise<void> {
  await db
    .update(webhookAttempts)
    .set({ endedAt: sql`now()`, status, error })
    .where(eq(webhookAttempts.id, id))
}

async function settle(db: Database, webhook: WebhookRow, attempt: Attempt, config: Config): Promise<void> {
  const error = attempt.error ?? 'failed'
  const pause = attempt.status === GONE ? undefined : nextPause(webhook.attempts + 1, attempt.retryAfter)
  await db.transaction(async (tx) => {
    await endAttempt(tx, attempt)
    if (pause === undefined) await markFailed(tx, webhook, error)
    else await postponeWebhook(tx, webhook.id, pause, error)
    if (attempt.status === GONE && config.webhook) await setDisabled(tx, config.webhook.url, true)
  })
  log.warn({ webhook: webhook.id, type: webhook.type, status: attempt.status, error, pause }, 'webhook')
  if (pause === undefined) await alarm(db, attempt, config)
}

async function giveUp(db: Database, webhook: WebhookRow, lastError: string): Promise<void> {
  await db.transaction((tx) => markFailed(tx, webhook, lastError))
  log.warn({ webhook: webhook.id, type: webhook.type, error: lastError }, 'webhook')
}

async function markFailed(tx: Transaction, { id, type, trialId }: WebhookRow, lastError: string) {
  await tx.update(webhooks).set({ state: 'failed', lastError }).where(eq(webhooks.id, id))
  if (type === CONFIRMED && trialId) await releaseWelcome(tx, trialId)
}

/** Puts a webhook back for later, with a job that comes then. */
export async function postponeWebhook(
  db: Pick<Database, 'execute'>,
  webhookId: string,
  seconds: number,
  lastError: string | null,
): Promise<void> {
  await db.execute(sql`
    with webhook as (
      update webhooks set state = 'queued', last_error = ${lastError}, delivered_at = null,
        not_before = now() + make_interval(secs => ${seconds})
      where id = ${webhookId} returning id
    )
    select enqueue_webhook((
      select json_agg(json_build_object('data', json_build_object('webhook', id), 'startAfter', ${seconds}::text))
      from webhook)::text)`)
}

async function alarm(db: Database, { status, error }: Attempt, config: Config): Promise<void> {
  const gone = status === GONE
  await raiseAlarm(db, config, {
    what: gone ? 'The receiver of webhooks is gone' : 'A webhook could not be delivered in three days',
    detail: error,
    steps: gone
      ? [
          'Nothing more is sent to this address.',
          'If it was a mistake: npm run webhook -- enable, then npm run webhook -- replay --failed.',
          'If it has moved: set WEBHOOK_URL to the new address and replay.',
        ]
      : ['Check the receiver behind WEBHOOK_URL.', 'Send again: npm run webhook -- replay --failed.'],
  })
}
