import { letter, paragraph, plainReason, referenceLine, signIn, trialReason } from '#emails/letter'
import { exampleSite, type SenderDetails } from '#emails/template'
import { formatTimeForReader } from '#emails/time'
import { PREPARING, READY_WITHOUT_LINK, waitSentence } from '#emails/trial-wait'

type TrialAccessProps = {
  /** The sign-in link, where there is one. */
  loginUrl?: string
  /** Set when the person asked how to sign in: the account's state. */
  asked?: 'ready' | 'preparing' | 'late' | 'by-hand'
  /** The trial has become an account: it has no end. */
  customer?: boolean
  endsAt: Date
  /** The reader's IANA time zone, if known. */
  timeZone?: string
  /** As of a trial in `lib/trials/find.ts`. */
  daysFromAccess?: number
  reference: string
  site: SenderDetails
}

const LATE = [
  'Your trial has started, but your account isn’t ready. It should have taken a few minutes. We’re sorry.',
  'You don’t need to do anything. Support knows, and we’ll email your sign-in link when it is ready.',
]
const ASKED: Record<NonNullable<TrialAccessProps['asked']>, string> = {
  ready: READY_WITHOUT_LINK,
  preparing: PREPARING,
  late: 'Your account is taking longer than it should. Support knows, and we’ll email your sign-in link when it is ready.',
  'by-hand':
    'Our support team sets up your access with you and will contact you. You can also reply or call.',
}

const askedReason = plainReason('Sent because someone asked how to sign in to the trial of this address.')

function subjectOf({ asked, daysFromAccess }: TrialAccessProps): string {
  if (asked) return 'How to sign in to your TrackStat trial'
  return daysFromAccess === undefined
    ? 'Your TrackStat account is ready'
    : 'Your TrackStat account is taking longer than expected'
}

/** The sentences before the sign-in link. */
function accessOf({ loginUrl, asked, customer, daysFromAccess }: TrialAccessProps): string[] {
  if (loginUrl) return [`Your ${customer ? '' : 'trial '}account is set up. Sign in here:`]
  if (asked) return [ASKED[asked]]
  return daysFromAccess === undefined ? [READY_WITHOUT_LINK] : LATE
}

/** The sentence after it. A customer got the mail that the end no longer applies. */
function endOf({ asked, customer, endsAt, timeZone, daysFromAccess }: TrialAccessProps): string[] {
  if (customer) return []
  if (daysFromAccess !== undefined) return [waitSentence(daysFromAccess)]
  const until = `Your trial runs until ${formatTimeForReader(timeZone, endsAt)}.`
  return [asked ? until : `${until} The attached calendar event has this date.`]
}

/** Sent after a welcome without a sign-in link: that the account is late, or how to sign in. Also sent on request. */
export const trialAccess = letter<TrialAccessProps>(
  (props) => {
    const access = accessOf(props)
    return {
      subject: subjectOf(props),
      preview: access[0] ?? '',
      parts: [
        ...access.map(paragraph),
        ...signIn(props.loginUrl),
        ...endOf(props).map(paragraph),
        referenceLine(props),
      ],
      reason: props.asked ? askedReason : trialReason,
    }
  },
  {
    loginUrl: 'https://app.trackstat.org/sign-in?invite=Lq8Zr2',
    endsAt: new Date('2026-12-08T22:05:00Z'),
    timeZone: 'America/Los_Angeles',
    reference: 'TS-9RWB4T',
    site: exampleSite,
  },
)
