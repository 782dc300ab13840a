import { letter, paragraph, plainReason, referenceLine, signIn } from '#emails/letter'
import { exampleSite, type SenderDetails } from '#emails/template'

type TrialAccessProps = {
  /** The sign-in link; undefined until the account exists. */
  loginUrl?: string
  /** Set when the person asked how to sign in: the account's state. */
  asked?: 'ready' | 'preparing' | 'late' | 'by-hand'
  reference: string
  site: SenderDetails
}

const confirmed = 'Sent because a TrackStat trial was confirmed for this address.'
const setUp = 'Your trial account is set up. Sign in here:'
const ready = { subject: 'Your TrackStat account is ready', sentences: [setUp], reason: confirmed }
const late = {
  subject: 'Your TrackStat account is taking longer than expected',
  sentences: [
    'Your trial has started, but your account isn’t ready. It should have taken a few minutes. We’re sorry.',
    'You don’t need to do anything. Support knows, and we’ll email your sign-in link when it is ready. If this costs you trial days, call or email us.',
  ],
  reason: confirmed,
}
const requested = {
  subject: 'How to sign in to your TrackStat trial',
  reason: 'Sent because someone asked how to sign in to the trial of this address.',
}
const ASKED: Record<NonNullable<TrialAccessProps['asked']>, string> = {
  ready: setUp,
  preparing: 'Your account is being prepared. We’ll email your sign-in link when it is ready.',
  late: 'Your account is taking longer than it should. Support knows, and we’ll email your sign-in link when it is ready.',
  'by-hand':
    'Our support team sets up your access with you and will contact you. You can also reply or call.',
}

function wordingOf({ loginUrl, asked }: TrialAccessProps) {
  if (asked) return { ...requested, sentences: [ASKED[asked]] }
  return loginUrl ? ready : late
}

/** Sent after a welcome without a sign-in link: that the account is late, or the link. Also sent on request. */
export const trialAccess = letter<TrialAccessProps>(
  (props) => {
    const { subject, sentences, reason } = wordingOf(props)
    return {
      subject,
      preview: sentences[0] ?? '',
      parts: [...sentences.map(paragraph), ...signIn(props.loginUrl), referenceLine(props)],
      reason: plainReason(reason),
    }
  },
  {
    loginUrl: 'https://app.trackstat.org/sign-in?invite=Lq8Zr2',
    reference: 'TS-9RWB4T',
    site: exampleSite,
  },
)
