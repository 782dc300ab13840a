import { oneLine } from '#emails/invisible-characters'
import type { NoticeAnswer } from '#emails/notice-facts'
import { formatTime } from '#emails/time'
import type { Config } from '#lib/config'
import { answersOf, identify, type StoredFields } from '#lib/forms/answers'
import { forms } from '#lib/forms/forms'
import { readPhone } from '#lib/forms/phone'
import { eventLabel } from '#lib/leads/event-labels'
import type { EarlierEvent, MailRow, Subject } from '#lib/letters/subject'
import { isSentToItself } from '#lib/mail/audience'
import { mailSite } from '#lib/mail/mail-site'
import { mailDomain } from '#lib/mail/planned'
import { awaitsAccess } from '#lib/trials/access'

/** Support's notice: Reply-To is the lead, and all notices about one person form one thread. */
export function makeNotice(
  mail: MailRow,
  { lead, submission, trial, consents: recorded, withheld, before }: Subject,
  config: Config,
) {
  const { fields, form } = submission
  const history = describeHistory(before)
  const subject = history.length ? `Re: ${oneLine(lead.threadSubject)}` : undefined
  return {
    subject,
    thread: `<lead.${lead.id}@${mailDomain(config)}>`,
    replyTo: { name: oneLine(String(fields.name ?? '')), address: lead.email },
    props: {
      title: mail.data.about === 'trial-confirmed' ? 'Trial confirmed' : forms[form].noun,
      reference: submission.reference,
      receivedAt: submission.receivedAt,
      reply: { address: lead.email, subject, toItself: isSentToItself(mail.recipient, config) },
      who: identify(fields),
      answers: answersTo(fields, recorded),
      warnings: [
        ...foreignDomain(lead.email),
        ...wasHeld(mail, submission),
        ...warningsOf(submission, withheld),
      ],
      lastTouch: submission.attribution,
      firstTouch: lead.firstTouch,
      history,
      trial: trial ? datesOf(trial) : undefined,
      site: mailSite(config),
    },
  }
}

function datesOf(trial: NonNullable<Subject['trial']>) {
  const { days, startsAt, endsAt } = trial
  return { days, startsAt: startsAt ?? undefined, endsAt: endsAt ?? undefined, waits: awaitsAccess(trial) }
}

/** All answers except who the person is. Consents as recorded, because the wording may have changed since. */
function answersTo(fields: StoredFields, recorded: Subject['consents']): NoticeAnswer[] {
  const granted = Object.entries(recorded).map(([purpose, consent]) => [purpose, consent.granted])
  return answersOf({ ...fields, ...Object.fromEntries(granted) })
    .filter(({ identifies }) => !identifies)
    .map(({ kind, name, label, value }) => ({
      ...{ kind, label, value },
      ...(kind === 'phone' && readPhone(value)),
      note: kind === 'consent' ? `Consent wording ${recorded[name]?.version}` : undefined,
    }))
}

/** The person's earlier events for the notice, oldest first. */
function describeHistory(before: EarlierEvent[]) {
  // Only the highest watched quarter is shown.
  const watched = before.findLast(({ kind }) => kind === 'demo-watched')
  const shown = before.filter((event) => event.kind !== 'demo-watched' || event === watched)
  return shown.map(({ at, kind, data }) => ({
    at,
    what: eventLabel(kind, data),
    reference: typeof data.reference === 'string' ? data.reference : undefined,
  }))
}

/** Tells a notice that comes late from one that comes at once. */
function wasHeld({ data }: MailRow, { receivedAt }: Subject['submission']): string[] {
  if (!data.released) return []
  return [`This was held until now, and came on ${formatTime('california', receivedAt)}.`]
}

function foreignDomain(email: string): string[] {
  const domain = email.split('@').at(-1) ?? ''
  if (!domain.split('.').some((label) => label.startsWith('xn--'))) return []
  return [`The domain is written with letters of another alphabet; in plain letters it is ${domain}.`]
}

/** Why a submission may be spam, and that the person got no reply, for support. */
export function warningsOf(
  { verdict, reasons }: Pick<Subject['submission'], 'verdict' | 'reasons'>,
  withheld: string | null,
): string[] {
  const sign = verdict === 'released' ? 'This looked like spam and was released' : 'This may be spam'
  return [
    ...reasons.map((reason) => `${sign}: ${reason}`),
    ...(withheld ? [`No reply was sent: ${withheld}`] : []),
  ]
}
