import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import type { ReadyMail } from '#lib/jobs/mail-batch'
import { type MailOutcome, markMails, type OutcomeWriter } from '#lib/jobs/mail-outcomes'
import { raiseAlarm } from '#lib/mail/alarm'
import { queueMails } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'
import { type MailFailure, nextDelay } from '#lib/mail/smtp-failure'

type Context = { db: Database; config: Config; worker: string; outcomes: OutcomeWriter }

/** Seconds until a mail is retried after a failure of the mail server. Short, because all delivery pauses anyway. */
const RETRY_SECONDS = 1

/**
 * Stores the outcome of a failed attempt: the mail is retried later, or given up.
 * @param reason the failure's message, with masked addresses
 */
export async function settleFailure(
  context: Context,
  { mail, attempt }: ReadyMail,
  kind: MailFailure['kind'],
  reason: string,
): Promise<void> {
  if (kind === 'permanent') return giveUp(context, mail, attempt, reason)
  const seconds = kind === 'server' ? RETRY_SECONDS : nextDelay(mail.attempts, mail.age)
  if (seconds === undefined)
    return giveUp(context, mail, attempt, `given up after five days; last: ${reason}`)
  return context.outcomes.write({ mail, state: 'queued', seconds, attempt, outcome: kind, reply: reason })
}

/** Gives a mail up. If support's mailbox refused a notice or digest, it is sent to the fallback address, with an alarm. */
async function giveUp(
  { db, config, worker, outcomes }: Context,
  mail: ReadyMail['mail'],
  attempt: string,
  reply: string,
): Promise<void> {
  const outcome: MailOutcome = { mail, state: 'failed', attempt, outcome: 'permanent', reply }
  const { kind, leadId, submissionId, priority } = mail
  if (kind !== 'support-notice' && kind !== 'notice-digest' && kind !== 'spam-digest')
    return outcomes.write(outcome)
  await db.transaction(async (tx) => {
    const marked = await markMails(tx, [outcome], worker)
    if (!marked.has(mail.id) || mail.data.fallbackFor) return
    const others = (config.supportFallback ?? []).filter((address) => address !== mail.recipient)
    const data = { fallbackFor: mail.id }
    await queueMails(
      tx,
      others.map((address) => plan(kind, address, config, { priority, data })),
      { leadId, submissionId },
    )
  })
  await raiseAlarm(db, config, {
    what: 'The support mailbox refuses mail',
    detail: reply,
    steps: [
      'Check the address in SUPPORT_EMAIL and the mailbox behind it.',
      'The notice is kept, marked as failed.',
    ],
  })
}
