import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import type { ClaimedMail, ReadyMail } from '#lib/jobs/mail-batch'
import type { MailOutcome } from '#lib/jobs/mail-outcomes'
import { raiseAlarm } from '#lib/mail/alarm'
import { queueMails } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'
import { type MailFailure, nextDelay } from '#lib/mail/smtp-failure'

/** Seconds until a mail is retried after a failure of the mail server. Short, because all delivery pauses anyway. */
const RETRY_SECONDS = 1

/**
 * The outcome of a failed attempt: the mail is retried later, or given up.
 * @param reason the failure's message, with masked addresses
 */
export function failureOutcome(
  { mail, attempt }: ReadyMail,
  kind: MailFailure['kind'],
  reason: string,
  config: Config,
): MailOutcome {
  const seconds = kind === 'server' ? RETRY_SECONDS : nextDelay(mail.attempts, mail.age)
  if (kind !== 'permanent' && seconds !== undefined)
    return { mail, state: 'queued', seconds, attempt, outcome: kind, reply: reason }
  const reply = kind === 'permanent' ? reason : `given up after five days; last: ${reason}`
  const followUp = isNotice(mail)
    ? (tx: Pick<Database, 'execute'>) => replaceNotice(tx, mail, reply, config)
    : undefined
  return { mail, state: 'failed', attempt, outcome: 'permanent', reply, followUp }
}

type Notice = ClaimedMail & { kind: 'support-notice' | 'notice-digest' | 'spam-digest' }

function isNotice(mail: ClaimedMail): mail is Notice {
  return ['support-notice', 'notice-digest', 'spam-digest'].includes(mail.kind)
}

/** Queues a notice or digest that support's mailbox refused for the fallback address, and an alarm. */
async function replaceNotice(
  tx: Pick<Database, 'execute'>,
  { id, kind, recipient, priority, data, leadId, submissionId }: Notice,
  detail: string,
  config: Config,
): Promise<void> {
  const others = data.fallbackFor ? [] : (config.supportFallback ?? [])
  const mails = others
    .filter((address) => address !== recipient)
    .map((address) => plan(kind, address, config, { priority, data: { fallbackFor: id } }))
  await queueMails(tx, mails, { leadId, submissionId })
  await raiseAlarm(tx, config, {
    what: 'The support mailbox refuses mail',
    detail,
    steps: [
      'Check the address in SUPPORT_EMAIL and the mailbox behind it.',
      'The notice is kept, marked as failed.',
    ],
  })
}
