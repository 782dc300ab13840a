import { eq } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { leads, type mails, submissions } from '#lib/db/schema'
import { unsubscribeToken } from '#lib/leads/unsubscribe'
import { watchPass } from '#lib/leads/watch-pass'
import { readNotice } from '#lib/letters/notice-letter'
import { readAccess, readConfirmation, readReminder, readWelcome } from '#lib/letters/trial-letter'
import type { Letter } from '#lib/mail/compose'
import { readDigest } from '#lib/mail/notice-digest'
import { mailSite } from '#lib/mail/site'
import { site as company } from '#lib/site'

type MailRow = typeof mails.$inferSelect
type Lead = typeof leads.$inferSelect
type Submission = typeof submissions.$inferSelect

/** Reads the contents of a mail from the database; its row only refers to them. */
export async function readLetter(db: Database, mail: MailRow, config: Config): Promise<Letter> {
  const { kind, recipient, messageId, createdAt: date } = mail
  const envelope = { recipient, messageId, date }
  const site = mailSite(config)
  if (kind === 'alarm') return { kind, ...envelope, props: { ...alarmProps(mail), site } }
  if (kind === 'notice-digest') return { kind, ...envelope, props: await readDigest(db, mail, config) }
  const { lead, submission } = await readSubject(db, mail)
  const { reference } = submission
  const unsubscribeUrl = `${config.appUrl}/unsubscribe?token=${unsubscribeToken(lead.id)}`
  const replyTo = { name: company.name, address: config.supportEmails[0] ?? company.email }
  if (kind === 'demo-thanks') {
    const watchUrl = `${config.appUrl}/demo/watch?pass=${watchPass(submission.id)}`
    const props = { watchUrl, trialUrl: `${config.appUrl}/trial`, reference, unsubscribeUrl, site }
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
  if (kind === 'trial-access')
    return { kind, ...envelope, replyTo, props: { ...(await readAccess(db, mail)), reference, site } }
  if (kind === 'trial-ending' || kind === 'trial-ended') {
    const props = { ...(await readReminder(db, mail)), reference, unsubscribeUrl, site }
    return { kind, ...envelope, replyTo, unsubscribeUrl, props }
  }
  if (kind === 'support-notice')
    return { kind, ...envelope, ...(await readNotice(db, mail, { lead, submission }, config)) }
  throw new Error(`there is no template for a mail of kind ${kind}`)
}

async function readSubject(db: Database, mail: MailRow): Promise<{ lead: Lead; submission: Submission }> {
  if (!mail.submissionId) throw new Error('this mail belongs to no submission')
  const [row] = await db
    .select({ lead: leads, submission: submissions })
    .from(submissions)
    .innerJoin(leads, eq(leads.id, submissions.leadId))
    .where(eq(submissions.id, mail.submissionId))
  if (!row) throw new Error('the submission of this mail is gone')
  return row
}

function alarmProps({ data, createdAt }: MailRow) {
  const { what, detail, steps } = data as { what: string; detail?: string; steps: string[] }
  return { what, detail, steps, since: createdAt }
}
