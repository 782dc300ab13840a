import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { retry } from '#lib/db/retry'
import { mailAttempts, mails } from '#lib/db/schema'
import { readLetter } from '#lib/letters/letter'
import { findReasonToWithhold } from '#lib/letters/withhold'
import { log } from '#lib/log'
import { raiseAlarm } from '#lib/mail/alarm'
import { compose } from '#lib/mail/compose'
import { nextDelay, sortFailure } from '#lib/mail/failure'
import { digestOf } from '#lib/mail/notice-digest'
import { postpone, queueMails } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'
import type { RouteDown } from '#lib/mail/route'
import { AttemptFailed, type Route, sendLetter } from '#lib/mail/smtp'
import { maskEmail } from '#lib/mask'
import { QueryFailed } from '#lib/postgres-error'

/** The row, and how many seconds it has been on its way by the database's clock. */
type MailRow = typeof mails.$inferSelect & { age: number }

/**
 * Makes one attempt to deliver one mail and writes down what became of it. A mail that was sent,
 * withheld or given up already is left alone, so a job that comes twice sends once.
 * Answers why the route is down, if it is. Throws only what the database throws.
 */
export async function deliver(db: Database, mailId: string, config: Config): Promise<RouteDown | undefined> {
  const mail = await begin(db, mailId)
  if (!mail) return undefined
  const unwanted = await findReasonToWithhold(db, mail.id)
  if (unwanted) {
    await finish(db, mail, undefined, 'suppressed', unwanted)
    return undefined
  }
  const raw = mail.raw ?? (await composeOnce(db, mail, config))
  if (!raw) return undefined
  const attemptId = await recordAttempt(db, mail)
  try {
    const reply = await sendLetter(routeOf(config), {
      from: config.mailFrom.address,
      to: mail.recipient,
      raw,
    })
    await retry(() => finish(db, mail, attemptId, 'sent', reply))
    return undefined
  } catch (error) {
    if (!(error instanceof AttemptFailed)) throw error
    return settleFailure(db, mail, attemptId, error, config)
  }
}

/** Where this service hands its mail over. */
export function routeOf(config: Config): Route {
  return { smtpUrl: config.smtpUrl ?? '', hello: new URL(config.appUrl).hostname }
}

/** The mail, if it is still to be sent and not due later. Marks it as going out before anything goes out. */
async function begin(db: Database, mailId: string): Promise<MailRow | undefined> {
  const [mail] = await db
    .update(mails)
    .set({ state: 'sending' })
    .where(
      sql`${mails.id} = ${mailId} and ${mails.state} in ('queued', 'sending')
        and ${mails.notBefore} <= now() + interval '1 second'`,
    )
    .returning({
      ...getTableColumns(mails),
      age: sql<number>`extract(epoch from now() - ${mails.createdAt})::float8`,
    })
  return mail
}

/** The bytes of a mail that has none yet. One that can't be rendered is marked, and stops nothing else. */
async function composeOnce(db: Database, mail: MailRow, config: Config): Promise<Buffer | undefined> {
  let raw: Buffer
  let codeIssue: number | undefined
  try {
    const letter = await readLetter(db, mail, config)
    raw = await compose(letter, config)
    codeIssue = letter.codeIssue
  } catch (error) {
    if (error instanceof QueryFailed) throw error
    log.error({ err: error, mail: mail.id, kind: mail.kind }, 'a mail could not be composed')
    await finish(db, mail, undefined, 'failed', `could not be composed: ${(error as Error).message}`)
    return undefined
  }
  await db.update(mails).set({ raw, codeIssue }).where(eq(mails.id, mail.id))
  return raw
}

/** Before the conversation: a crash in the middle of it must leave a trace. */
async function recordAttempt(db: Database, mail: MailRow): Promise<number> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with counted as (update mails set attempts = attempts + 1 where id = ${mail.id})
    insert into mail_attempts (mail_id) values (${mail.id}) returning id`)
  return Number(rows[0]?.id)
}

async function finish(
  db: Pick<Database, 'execute'>,
  mail: MailRow,
  attemptId: number | undefined,
  state: 'sent' | 'failed' | 'suppressed',
  reply: string,
): Promise<void> {
  await db.execute(sql`
    with attempt as (
      update mail_attempts set ended_at = now(), outcome = ${state}, reply = ${reply}
      where id = ${attemptId ?? null}::bigint
    )
    update mails set state = ${state}, sent_at = case when ${state} = 'sent' then now() end,
      last_error = case when ${state} = 'sent' then null else ${reply} end,
      -- A digest belongs to no lead: what it says of people must not outlive their erasure.
      raw = case when kind = 'notice-digest' and id = ${mail.id} then null else raw end
    -- The notices in a digest share its fate.
    where id = ${mail.id} or digest_id = ${digestOf(mail)}`)
  log.info({ mail: mail.id, kind: mail.kind, to: maskEmail(mail.recipient), state }, 'mail')
}

async function settleFailure(
  db: Database,
  mail: MailRow,
  attemptId: number,
  failed: AttemptFailed,
  config: Config,
): Promise<RouteDown | undefined> {
  const failure = sortFailure(failed.cause as Error, failed.stage)
  const reason = maskEmail(failed.message)
  if (failure.sort === 'never') {
    await giveUp(db, mail, attemptId, reason, config)
    return undefined
  }
  const delay = failure.sort === 'route' ? 1 : nextDelay(mail.attempts + 1, mail.age)
  if (delay === undefined) {
    await giveUp(db, mail, attemptId, `given up after five days; last: ${reason}`, config)
    return undefined
  }
  await db.transaction(async (tx) => {
    const ended = { endedAt: sql`now()`, outcome: failure.sort, reply: reason }
    await tx.update(mailAttempts).set(ended).where(eq(mailAttempts.id, attemptId))
    await postpone(tx, mail.id, delay, reason)
  })
  log.warn(
    { mail: mail.id, kind: mail.kind, to: maskEmail(mail.recipient), sort: failure.sort, reason },
    'mail',
  )
  return failure.sort === 'route' ? { state: failure.state, reason } : undefined
}

/** For good. A notice or digest that support's mailbox refuses goes to the fallback address, and an alarm is raised. */
async function giveUp(db: Database, mail: MailRow, attemptId: number, reason: string, config: Config) {
  const fallback = (config.supportFallback ?? []).filter((address) => address !== mail.recipient)
  await db.transaction(async (tx) => {
    await finish(tx, mail, attemptId, 'failed', reason)
    const { kind, leadId, submissionId } = mail
    if ((kind !== 'support-notice' && kind !== 'notice-digest') || mail.data.fallbackFor) return
    const notices = fallback.map((address) =>
      plan(kind, address, config, { priority: mail.priority, data: { fallbackFor: mail.id } }),
    )
    await queueMails(tx, notices, { leadId, submissionId })
  })
  if (mail.kind === 'support-notice' || mail.kind === 'notice-digest')
    await raiseAlarm(db, config, {
      what: 'The support mailbox refuses mail',
      detail: reason,
      steps: [
        'Check the address in SUPPORT_EMAIL and the mailbox behind it.',
        'The notice is kept, marked as failed.',
      ],
    })
}
