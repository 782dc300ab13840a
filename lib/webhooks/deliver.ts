import { eq, sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { retryWrite } from '#lib/db/retry-write'
import { webhookAttempts, webhooks } from '#lib/db/schema'
import { log } from '#lib/log'
import { raiseAlarm } from '#lib/mail/alarm'
import { sendNow } from '#lib/mail/outbox'
import { storeProductAnswer } from '#lib/trials/account'
import type { Transaction } from '#lib/trials/transitions'
import {
  badLoginUrlAlarm,
  eventGivenUpAlarm,
  receiverFailsAlarm,
  receiverGoneAlarm,
} from '#lib/webhooks/alarms'
import { nextPause } from '#lib/webhooks/backoff'
import { disable, isDisabled } from '#lib/webhooks/endpoint'
import { readLoginUrl } from '#lib/webhooks/login-url'
import { type Receiver, type ReceiverResponse, sendWebhook } from '#lib/webhooks/send-webhook'

export type WebhookRow = typeof webhooks.$inferSelect
type Attempt = { id: number; status?: number; error?: string; retryAfter?: string }

const GONE = 410
/** The only event whose response body is read: it may contain the visitor's sign-in link. */
const CONFIRMED = 'trial.confirmed'
/** Failures of one webhook, about forty minutes, before support gets an alarm. */
const ALARM_AFTER_FAILURES = 4

/**
 * Makes one attempt to deliver a claimed webhook, and stores the outcome. Rejects only with the database's errors.
 */
export async function deliverWebhook(
  db: Database,
  webhookId: string,
  receiver: Receiver,
  config: Config,
): Promise<void> {
  const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId))
  if (!webhook) return
  if (await isDisabled(db, receiver.url)) return holdBack(db, webhook)
  const attemptId = await recordAttempt(db, webhook)
  let answer: ReceiverResponse
  try {
    answer = await sendWebhook(receiver, webhook.id, bodyOf(webhook))
  } catch (error) {
    return recordFailure(db, webhook, { id: attemptId, error: explain(error as Error) }, receiver, config)
  }
  const { status, retryAfter } = answer
  // The receiver has accepted it, so storing the answer is retried while the database is briefly unavailable.
  if (status >= 200 && status < 300)
    return retryWrite(() => recordSuccess(db, webhook, attemptId, answer, receiver, config))
  const error = `the receiver answered ${status}`
  return recordFailure(db, webhook, { id: attemptId, status, retryAfter, error }, receiver, config)
}

/** The body of a webhook, from columns that never change: each attempt sends the same bytes. */
export function bodyOf({ type, createdAt, data }: Pick<WebhookRow, 'type' | 'createdAt' | 'data'>): string {
  return JSON.stringify({ type, timestamp: createdAt.toISOString(), data })
}

function explain(error: Error): string {
  return error.name === 'TimeoutError' ? 'no complete answer within 15 s' : error.message || error.name
}

/** Recorded before the attempt, so that a crash leaves a trace. */
async function recordAttempt(db: Database, webhook: WebhookRow): Promise<number> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with counted as (update webhooks set attempts = attempts + 1 where id = ${webhook.id})
    insert into webhook_attempts (webhook_id) values (${webhook.id}) returning id`)
  return Number(rows[0]?.id)
}

/** Stores a successful attempt, with the product's sign-in link if there is one. */
async function recordSuccess(
  db: Database,
  webhook: WebhookRow,
  attemptId: number,
  answer: ReceiverResponse,
  receiver: Receiver,
  config: Config,
): Promise<void> {
  const { loginUrl, fault } = webhook.type === CONFIRMED ? readLoginUrl(answer, receiver) : {}
  await db.transaction(async (tx) => {
    await endAttempt(tx, { id: attemptId, status: answer.status, error: fault })
    const delivered = { state: 'delivered' as const, deliveredAt: sql`now()`, lastError: fault ?? null }
    await tx.update(webhooks).set(delivered).where(eq(webhooks.id, webhook.id))
    if (webhook.type === CONFIRMED) await storeProductAnswer(tx, webhook, loginUrl, config)
    if (fault)
      await raiseAlarm(tx, config, badLoginUrlAlarm(webhook.id, String(webhook.data.reference), fault))
  })
  log.info({ webhook: webhook.id, type: webhook.type, status: answer.status }, 'webhook delivered')
}

async function endAttempt(tx: Pick<Database, 'update'>, { id, status, error }: Attempt): Promise<void> {
  await tx
    .update(webhookAttempts)
    .set({ endedAt: sql`now()`, status, error })
    .where(eq(webhookAttempts.id, id))
}

/** Stores a failed attempt; the webhook is retried later, or given up. */
async function recordFailure(
  db: Database,
  webhook: WebhookRow,
  attempt: Attempt,
  receiver: Receiver,
  config: Config,
): Promise<void> {
  const { id, type } = webhook
  const { status, error = 'failed' } = attempt
  const pause = status === GONE ? undefined : nextPause(webhook.attempts + 1, attempt.retryAfter)
  const isStored = await db.transaction(async (tx) => {
    await endAttempt(tx, attempt)
    // Ignored if there is a later attempt, after a manual replay.
    if (!(await isLatest(tx, id, attempt.id))) return false
    if (pause === undefined) await markFailed(tx, webhook, error)
    else await postponeWebhook(tx, id, pause, error)
    if (status === GONE) {
      if (await disable(tx, receiver.url)) await raiseAlarm(tx, config, receiverGoneAlarm(error), 0)
    } else if (pause === undefined) await raiseAlarm(tx, config, eventGivenUpAlarm(id, error))
    else if (webhook.attempts + 1 === ALARM_AFTER_FAILURES)
      await raiseAlarm(tx, config, receiverFailsAlarm(error), 24)
    return true
  })
  if (isStored) log.warn({ webhook: id, type, status, error, againInS: pause }, 'webhook not delivered')
}

async function isLatest(tx: Transaction, webhookId: string, attemptId: number): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select from webhooks w where w.id = ${webhookId} and w.state = 'sending' and not exists (
      select from webhook_attempts a where a.webhook_id = w.id and a.id > ${attemptId}) for update`)
  return rows.length > 0
}

/** The receiver answered 410 before, and support got an alarm: nothing is sent until the receiver is enabled again. */
async function holdBack(db: Database, webhook: WebhookRow): Promise<void> {
  const error = 'not sent: the receiver had answered 410 (gone)'
  await db.transaction((tx) => markFailed(tx, webhook, error))
  log.warn({ webhook: webhook.id, type: webhook.type, error }, 'webhook held back')
}

async function markFailed(tx: Transaction, { id, type, trialId }: WebhookRow, lastError: string) {
  await tx.update(webhooks).set({ state: 'failed', lastError }).where(eq(webhooks.id, id))
  if (type === CONFIRMED && trialId) await sendNow(tx, trialId, 'trial-welcome')
}

/** Makes a webhook due after `seconds`, and wakes the workers. @returns whether there is such a webhook */
export async function postponeWebhook(
  db: Pick<Database, 'execute'>,
  webhookId: string,
  seconds: number,
  lastError: string | null,
): Promise<boolean> {
  const { rows } = await db.execute<{ there: boolean }>(sql`
    with webhook as (
      update webhooks set state = 'queued', last_error = ${lastError}, delivered_at = null, worker = null,
        not_before = now() + make_interval(secs => ${seconds})
      where id = ${webhookId} returning id
    )
    select exists (select from webhook) as there, pg_notify('outbox', '')`)
  return rows[0]?.there ?? false
}
