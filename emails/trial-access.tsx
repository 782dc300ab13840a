import { footerText, Layout } from '#emails/layout'
import { Action, Paragraph, Title } from '#emails/parts'
import { paragraphs, textSection, wrap } from '#emails/plain-text'
import { ReferenceLine, referenceText } from '#emails/reference'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'
import { formatTimeForReader } from '#emails/time'
import { READY_WITHOUT_LINK, waitSentence } from '#emails/trial-wait'

export type TrialAccessProps = {
  /** The sign-in link, where there is one. */
  loginUrl?: string
  /** Set when the person asked how to sign in: the account's state. */
  asked?: 'ready' | 'preparing' | 'late' | 'by-hand'
  endsAt: Date
  /** The reader's IANA time zone, if known. */
  timeZone?: string
  /** As of a trial in `lib/trials/find.ts`. */
  waitingDays?: number
  reference: string
  site: SenderDetails
}

const SIGN_IN = 'Your trial account is set up. Sign in here:'
const LATE = [
  'Your trial has started, but your account isn’t ready. It should have taken a few minutes. We’re sorry.',
  'You don’t need to do anything. Support knows, and we’ll email your sign-in link when it is ready.',
]
const WAITING: Record<NonNullable<TrialAccessProps['asked']>, string> = {
  ready: READY_WITHOUT_LINK,
  preparing: 'Your account is being prepared. We’ll email your sign-in link when it is ready.',
  late: 'Your account is taking longer than it should. Support knows, and we’ll email your sign-in link when it is ready.',
  'by-hand':
    'Our support team sets up your access with you and will contact you. You can also reply or call.',
}

function subjectOf({ asked, waitingDays }: TrialAccessProps): string {
  if (asked) return 'How to sign in to your TrackStat trial'
  return waitingDays === undefined
    ? 'Your TrackStat account is ready'
    : 'Your TrackStat account is taking longer than expected'
}

function reasonOf({ asked }: TrialAccessProps): string {
  return asked
    ? 'Sent because someone asked how to sign in to the trial of this address.'
    : 'Sent because a TrackStat trial was confirmed for this address.'
}

/** The sentences before the sign-in link. */
function accessOf({ loginUrl, asked, waitingDays }: TrialAccessProps): string[] {
  if (loginUrl) return [SIGN_IN]
  if (asked) return [WAITING[asked]]
  return waitingDays === undefined ? [READY_WITHOUT_LINK] : LATE
}

/** The sentences after it. */
function datesOf({ asked, endsAt, timeZone, waitingDays }: TrialAccessProps): string[] {
  if (waitingDays !== undefined) return [waitSentence(waitingDays)]
  const until = `Your trial runs until ${formatTimeForReader(timeZone, endsAt)}.`
  return [asked ? until : `${until} The attached calendar event has this date.`]
}

/** Sent after a welcome without a sign-in link: that the account is late, or how to sign in. Also sent on request. */
export const trialAccess: Template<TrialAccessProps> = {
  subject: subjectOf,
  html: (props) => (
    <Layout
      title={subjectOf(props)}
      preview={accessOf(props)[0] ?? ''}
      site={props.site}
      reason={reasonOf(props)}
    >
      <Title>{subjectOf(props)}</Title>
      {accessOf(props).map((each) => (
        <Paragraph key={each}>{each}</Paragraph>
      ))}
      {props.loginUrl && <Action href={props.loginUrl}>Sign in to TrackStat</Action>}
      {datesOf(props).map((each) => (
        <Paragraph key={each}>{each}</Paragraph>
      ))}
      <ReferenceLine reference={props.reference} site={props.site} />
    </Layout>
  ),
  text: (props) =>
    paragraphs([
      ...accessOf(props).map((each) => wrap(each)),
      props.loginUrl && textSection('Sign in to TrackStat', props.loginUrl),
      ...datesOf(props).map((each) => wrap(each)),
      referenceText(props.reference, props.site),
      footerText(wrap(reasonOf(props)), props.site),
    ]),
  example: {
    loginUrl: 'https://app.trackstat.org/sign-in?invite=Lq8Zr2',
    endsAt: new Date('2026-12-08T22:05:00Z'),
    timeZone: 'America/Los_Angeles',
    reference: 'TS-9RWB4T',
    site: exampleSite,
  },
}
