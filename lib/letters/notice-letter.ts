import { oneLine } from '#emails/marks'
import type { Config } from '#lib/config'
import type { leads, mails, submissions } from '#lib/db/schema'
import type { FormName } from '#lib/forms/forms'
import { sayEvent } from '#lib/leads/event-labels'
import { mailSite } from '#lib/letters/site'
import type { EarlierEvent, Subject } from '#lib/letters/subject'
import { mailDomain } from '#lib/mail/planned'

type Lead = typeof leads.$inferSelect
type Submission = typeof submissions.$inferSelect

/** Support's notice: Reply goes to the lead, and all notices about one person hang in one thread. */
export function makeNotice(
  mail: typeof mails.$inferSelect,
  { lead, submission, trial, texts, withheld, before }: Subject,
  config: Config,
) {
  // As it was recorded: the wording may have changed since.
  if (!texts) throw new Error('the record of consent of this submission is gone')
  const said = submission.fields as Record<string, string | undefined>
  const history = tellHistory(before)
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
      headline: mail.data.about === 'trial-confirmed' ? 'Trial confirmed' : undefined,
      reference: submission.reference,
      receivedAt: submission.receivedAt,
      name: said.name ?? '',
      email: said.email ?? '',
      company: said.company,
      phone,
      role: said.role,
      ehr: said.ehr,
      message: said.message,
      texts,
      // Whoever answers must know that the person has had no mail from us.
      warnings: [...warningsOf(lead, submission), ...(withheld ? [`No reply was sent: ${withheld}`] : [])],
      lastTouch: submission.attribution,
      firstTouch: lead.firstTouch,
      history,
      trial: trial ? datesOf(trial) : undefined,
      site: mailSite(config),
    },
  }
}

function datesOf({ days, startsAt, endsAt }: NonNullable<Subject['trial']>) {
  return { days, startsAt: startsAt ?? undefined, endsAt: endsAt ?? undefined }
}

/** What this person did before, oldest first. */
function tellHistory(before: EarlierEvent[]) {
  // Of the quarters of the demo the last one says it all.
  const watched = before.findLast(({ kind }) => kind === 'demo-watched')
  const told = before.filter((event) => event.kind !== 'demo-watched' || event === watched)
  return told.map(({ at, kind, data }) => ({
    at,
    what: sayEvent(kind, data),
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
