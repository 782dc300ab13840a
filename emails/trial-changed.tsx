import { letter, paragraph, referenceLine, signIn, trialReason } from '#emails/letter'
import { exampleSite, type SenderDetails } from '#emails/template'
import { formatTimeForReader } from '#emails/time'
import { waitSentence } from '#emails/trial-wait'

export type TrialChangedProps = {
  change: 'extended' | 'cancelled' | 'converted'
  /** When it was changed. */
  changedAt: Date
  endsAt: Date
  /** As of a trial in `lib/trials/find.ts`. */
  daysFromAccess?: number
  /** The reader's IANA time zone, if known. */
  timeZone?: string
  loginUrl?: string
  reference: string
  site: SenderDetails
}

const SUBJECTS: Record<TrialChangedProps['change'], string> = {
  extended: 'Your TrackStat trial was extended',
  cancelled: 'Your TrackStat trial was canceled',
  converted: 'You are now a TrackStat customer',
}
// The welcome with the first date is withheld where the trial ended before it could be sent.
const newDate = 'The attached calendar event has this date and replaces any earlier one.'
const noDate = 'If the end of the trial is in your calendar, the attached file takes it off.'

/** What changed, and then what follows from it. */
function sentencesOf(props: TrialChangedProps): [string, ...string[]] {
  const { change, changedAt, endsAt, daysFromAccess, timeZone } = props
  if (change === 'cancelled') {
    const when = formatTimeForReader(timeZone, changedAt)
    return [
      `Your trial was canceled on ${when}. You won’t be charged, and there’s nothing you need to do.`,
      'Is that a mistake? Reply or call, and we can restart it.',
      noDate,
    ]
  }
  if (change === 'converted')
    return [
      'Thank you for choosing TrackStat. Your trial has become your account, so its end date no longer applies.',
      'Is that a mistake? Reply or call.',
      noDate,
    ]
  const end = formatTimeForReader(timeZone, endsAt)
  if (daysFromAccess === undefined)
    return [
      `Your trial was extended. It now runs until ${end} and ends on its own; nothing to cancel.`,
      newDate,
    ]
  return [
    `Your trial was extended. It runs until ${end} at the earliest.`,
    waitSentence(daysFromAccess),
    newDate,
  ]
}

/** To a lead whose trial support or the product extended, canceled, or turned into a contract. */
export const trialChanged = letter<TrialChangedProps>(
  (props) => {
    const [first, ...more] = sentencesOf(props)
    return {
      subject: SUBJECTS[props.change],
      preview: first,
      parts: [paragraph(first), ...signIn(props.loginUrl), ...more.map(paragraph), referenceLine(props)],
      reason: trialReason,
    }
  },
  {
    change: 'extended',
    changedAt: new Date('2026-12-01T18:00:00Z'),
    endsAt: new Date('2026-12-15T22:05:00Z'),
    timeZone: 'America/Los_Angeles',
    loginUrl: 'https://app.trackstat.org/sign-in',
    reference: 'TS-9RWB4T',
    site: exampleSite,
  },
)
