import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { unsubscribeToken } from '#lib/leads/unsubscribe'
import { PASS_DAYS, watchPass } from '#lib/leads/watch-pass'
import { readDigest } from '#lib/letters/notice-digest'
import { makeNotice } from '#lib/letters/notice-letter'
import { type MailRow, readSubjects, type Subject } from '#lib/letters/subject'
import {
  readAccess,
  readChange,
  readConfirmation,
  readReminder,
  readWelcome,
} from '#lib/letters/trial-letter'
import type { Letter } from '#lib/mail/compose'
import { mailSite } from '#lib/mail/mail-site'
import { site as company } from '#lib/site'

/**
 * Reads the contents of a mail from the database; its row only refers to them.
 * @param subject if the caller has read it already, for many mails at once
 */
export async function readLetter(
  db: Database,
  mail: MailRow,
  config: Config,
  subject?: Subject,
): Promise<Letter> {
  const { kind, recipient, messageId, createdAt: date } = mail
  const envelope = { recipient, messageId, date }
  const site = mailSite(config)
  if (kind === 'alarm') return { kind, ...envelope, props: { ...alarmProps(mail), site } }
  if (kind === 'notice-digest' || kind === 'spam-digest')
    return { kind, ...envelope, props: await readDigest(db, mail, config) }
  const known = subject ?? (await readSubjects(db, [mail])).get(mail.id)
  if (!known) throw new Error('the submission of this mail is gone')
  const { lead, submission } = known
  const { reference } = submission
  const unsubscribeUrl = `${config.appUrl}/unsubscribe?token=${unsubscribeToken(lead.id)}`
  const replyTo = { name: company.name, address: config.supportEmails[0] ?? company.email }
  if (kind === 'demo-thanks') {
    const watchUrl = `${config.appUrl}/demo/watch?pass=${watchPass(submission.id)}`
    const trialUrl = `${config.appUrl}/trial`
    const props = { watchUrl, validDays: PASS_DAYS, trialUrl, reference, unsubscribeUrl, site }
    return { kind, ...envelope, replyTo, unsubscribeUrl, props }
  }
  if (kind === 'inquiry-received')
    return { kind, ...envelope, replyTo, unsubscribeUrl, props: { reference, unsubscribeUrl, site } }
  if (kind === 'trial-confirm') {
    const { codeIssue, ...props } = await readConfirmation(db, mail, config)
    return { kind, ...envelope, replyTo, codeIssue, props: { ...props, reference, site } }
  }
  if (kind === 'trial-welcome') {
    const { attachments, ...props } = await readWelcome(db, mail, config)
    return { kind, ...envelope, replyTo, attachments, props: { ...props, reference, site } }
  }
  if (kind === 'trial-access') {
    const { attachments, ...props } = await readAccess(db, mail, config)
    return { kind, ...envelope, replyTo, attachments, props: { ...props, reference, site } }
  }
  if (kind === 'trial-changed') {
    const { attachments, ...props } = await readChange(db, mail, config)
    return { kind, ...envelope, replyTo, attachments, props: { ...props, reference, site } }
  }
  if (kind === 'trial-ending' || kind === 'trial-ended') {
    const props = { ...(await readReminder(db, mail)), reference, unsubscribeUrl, site }
    return { kind, ...envelope, replyTo, unsubscribeUrl, props }
  }
  if (kind === 'support-notice') return { kind, ...envelope, ...makeNotice(mail, known, config) }
  throw new Error(`there is no template for a mail of kind ${kind}`)
}

function alarmProps({ data, createdAt }: MailRow) {
  const { what, detail, steps } = data as { what: string; detail?: string; steps: string[] }
  return { what, detail, steps, since: createdAt }
}
