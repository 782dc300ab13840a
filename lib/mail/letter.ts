import { and, asc, eq, lt, notInArray } from 'drizzle-orm'
import { oneLine } from '#emails/marks'
import type { Site } from '#emails/template'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { consents, events, leads, type mails, submissions, trials } from '#lib/db/schema'
import type { FormName } from '#lib/forms/forms'
import { watchPass } from '#lib/leads/watch-pass'
import type { Letter } from '#lib/mail/compose'
import { mailDomain } from '#lib/mail/planned'
import { unsubscribeToken } from '#lib/mail/suppression'
import { site as company } from '#lib/site'
import { CONFIRM_HOURS, trialToken } from '#lib/trials/token'

type MailRow = typeof mails.$inferSelect
type Lead = typeof leads.$inferSelect
type Submission = typeof submissions.$inferSelect

/** Gathers what a mail says from the database: the row itself names only what it is about. */
export async function readLetter(db: Database, mail: MailRow, config: Config): Promise<Letter> {
  const { kind, recipient, messageId, createdAt: date } = mail
  const envelope = { recipient, messageId, date }
  const site = mailSite(config)
  if (kind === 'alarm') return { kind, ...envelope, props: { ...alarmProps(mail), site } }
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
  if (kind === 'trial-confirm')
    return {
      kind,
      ...envelope,
      replyTo,
      props: { ...(await confirmProps(db, mail, config)), reference, site },
    }
  if (kind === 'support-notice')
    return { kind, ...envelope, ...(await readNotice(db, lead, submission, config)) }
  throw new Error(`there is no template for a mail of kind ${kind}`)
}

async function readSubject(db: Database, mail: MailRow): Promise<{ lead: Lead; submission: Submission }> {
  const [row] = await db
    .select({ lead: leads, submission: submissions })
    .from(submissions)
    .innerJoin(leads, eq(leads.id, submissions.leadId))
    .where(eq(submissions.id, mail.submissionId ?? ''))
  if (!row) throw new Error('the submission of this mail is gone')
  return row
}

async function confirmProps(db: Database, mail: MailRow, config: Config) {
  const [trial] = await db
    .select()
    .from(trials)
    .where(eq(trials.id, mail.trialId ?? ''))
  if (!trial) throw new Error('the trial of this mail is gone')
  const token = trialToken(trial.id, trial.tokenIssue)
  const confirmUrl = `${config.appUrl}/trial/confirm?token=${encodeURIComponent(token)}`
  return { confirmUrl, trialDays: trial.days, validHours: CONFIRM_HOURS }
}

/** Support's notice: Reply goes to the lead, and all notices about one person hang in one thread. */
async function readNotice(db: Database, lead: Lead, submission: Submission, config: Config) {
  const said = submission.fields as Record<string, string | undefined>
  const history = await readHistory(db, submission)
  const phone = said.phone
    ? { typed: said.phone, e164: lead.phone === said.phone ? (lead.phoneE164 ?? undefined) : undefined }
    : undefined
  const first = history.length === 0
  return {
    subject: first ? undefined : `Re: ${oneLine(lead.threadSubject)}`,
    thread: `<lead.${lead.id}@${mailDomain(config)}>`,
    replyTo: { name: oneLine(said.name ?? ''), address: lead.email },
    props: {
      form: submission.form as FormName,
      reference: submission.reference,
      receivedAt: submission.receivedAt,
      name: said.name ?? '',
      email: said.email ?? '',
      company: said.company,
      phone,
      role: said.role,
      ehr: said.ehr,
      message: said.message,
      texts: await readTextsConsent(db, submission),
      warnings: warningsOf(lead, submission),
      lastTouch: submission.attribution,
      firstTouch: lead.firstTouch,
      history,
      trialDays: config.trialDays,
      site: mailSite(config),
    },
  }
}

/** As it was recorded: the wording may have changed since. */
async function readTextsConsent(db: Database, submission: Submission) {
  const [consent] = await db
    .select({ granted: consents.granted, version: consents.version })
    .from(consents)
    .where(and(eq(consents.submissionId, submission.id), eq(consents.purpose, 'texts')))
  if (!consent) throw new Error('the record of consent of this submission is gone')
  return consent
}

const HAPPENED: Record<string, string> = {
  submitted: 'Filled out a form',
  held: 'A form that looked like spam',
  'trial-confirmed': 'Confirmed the trial',
  'trial-ending': 'The trial is about to end',
  'trial-expired': 'The trial ended',
  'trial-extended': 'The trial was extended',
  'trial-converted': 'Became a customer',
  'trial-cancelled': 'The trial was cancelled',
  'trial-abandoned': 'Never confirmed the trial',
  'confirmation-resent': 'Asked for a new confirmation link',
}
/** Said by the event beside it: the form that was sent, the confirmation. */
const TOLD_ALREADY = ['trial-requested', 'trial-active']
const FORM_SENT: Record<string, string> = {
  demo: 'Asked for the demo',
  trial: 'Asked for a trial',
  inquiry: 'Wrote an inquiry',
}

/** What this person did before, oldest first. */
async function readHistory(db: Database, submission: Submission) {
  const rows = await db
    .select()
    .from(events)
    .where(
      and(
        eq(events.leadId, submission.leadId),
        lt(events.at, submission.receivedAt),
        notInArray(events.kind, TOLD_ALREADY),
      ),
    )
    .orderBy(asc(events.at))
    .limit(50)
  return rows.map(({ at, kind, data }) => ({
    at,
    what: (kind === 'submitted' && FORM_SENT[String(data.form)]) || (HAPPENED[kind] ?? kind),
    reference: typeof data.reference === 'string' ? data.reference : undefined,
  }))
}

function warningsOf(lead: Lead, submission: Submission): string[] {
  const domain = lead.email.split('@').at(-1) ?? ''
  const foreign = domain.split('.').some((label) => label.startsWith('xn--'))
  return [
    ...(foreign
      ? [`The domain is written with letters of another alphabet; in plain letters it is ${domain}.`]
      : []),
    ...submission.reasons.map((reason) => `This may be spam: ${reason}`),
  ]
}

function alarmProps({ data, createdAt }: MailRow) {
  const { what, detail, steps } = data as { what: string; detail?: string; steps: string[] }
  return { what, detail, steps, since: createdAt }
}

function mailSite(config: Config): Site {
  const { phone, phoneHref, email, place } = company
  return { url: config.appUrl, phone, phoneHref, email, place, postalAddress: config.postalAddress }
}
