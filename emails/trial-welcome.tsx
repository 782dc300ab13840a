import { letter, paragraph, referenceLine, signIn, trialReason } from '#emails/letter'
import { Rows } from '#emails/parts'
import { exampleSite, type SenderDetails } from '#emails/template'
import { formatTimeForReader } from '#emails/time'
import { PREPARING, READY_WITHOUT_LINK, waitSentence } from '#emails/trial-wait'

type TrialWelcomeProps = {
  startsAt: Date
  endsAt: Date
  /** The reader's IANA time zone, if known. */
  timeZone?: string
  /** The sign-in link, once the product has created the account. */
  loginUrl?: string
  /** The product was asked to create the account and has not answered yet. */
  preparing?: boolean
  /** As of a trial in `lib/trials/find.ts`. */
  daysFromAccess?: number
  reference: string
  site: SenderDetails
}

const calendar = 'The end date is attached as a calendar event. The trial ends on its own; nothing to cancel.'
const earliest =
  'The earliest end is attached as a calendar event; a new date replaces it. The trial ends on its own; nothing to cancel.'
const byHand = 'Our support team will contact you to set up your access.'

function accessOf({ daysFromAccess, preparing }: TrialWelcomeProps): string[] {
  if (daysFromAccess === undefined) return [READY_WITHOUT_LINK]
  return [preparing ? PREPARING : byHand, waitSentence(daysFromAccess)]
}

/** The dates of a trial that has just been confirmed. */
export const trialWelcome = letter<TrialWelcomeProps>(
  (props) => {
    const from = formatTimeForReader(props.timeZone, props.startsAt)
    const until = formatTimeForReader(props.timeZone, props.endsAt)
    return {
      subject: 'Your TrackStat trial has started',
      title: 'Your trial has started',
      preview: `It runs until ${until}${props.daysFromAccess === undefined ? '' : ' at the earliest'}.`,
      parts: [
        paragraph('Thank you for confirming. Your trial dates:'),
        { html: <Dates from={from} until={until} />, text: `From:\n  ${from}\nUntil:\n  ${until}` },
        ...(props.loginUrl ? signIn(props.loginUrl) : accessOf(props).map(paragraph)),
        paragraph(props.daysFromAccess === undefined ? calendar : earliest),
        referenceLine(props),
      ],
      reason: trialReason,
    }
  },
  {
    startsAt: new Date('2026-11-24T22:05:00Z'),
    endsAt: new Date('2026-12-08T22:05:00Z'),
    timeZone: 'America/New_York',
    loginUrl: 'https://app.trackstat.org/sign-in?invite=Lq8Zr2',
    reference: 'TS-9RWB4T',
    site: exampleSite,
  },
)

function Dates({ from, until }: { from: string; until: string }) {
  const rows = [
    { label: 'From', value: from },
    { label: 'Until', value: until },
  ]
  return (
    <div style={{ margin: '16px 0 0' }}>
      <Rows rows={rows} />
    </div>
  )
}
