import { footerText, Layout } from '#emails/layout'
import { Action, Paragraph, Title } from '#emails/parts'
import { paragraphs, textSection, wrap } from '#emails/plain-text'
import { ReferenceLine, referenceText } from '#emails/reference'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'
import { formatTimeForReader } from '#emails/time'
import { waitSentence } from '#emails/trial-wait'

export type TrialChangedProps = {
  change: 'extended' | 'cancelled' | 'converted'
  /** When it was changed. */
  changedAt: Date
  endsAt: Date
  /** As of a trial in `lib/trials/find.ts`. */
  waitingDays?: number
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
const reason = 'Sent because a TrackStat trial was confirmed for this address.'
const newDate = 'The attached calendar event has this date and replaces the one before.'
const noDate = 'The attached file takes the end of the trial off your calendar.'

function sentencesOf(props: TrialChangedProps): string[] {
  const { change, changedAt, endsAt, waitingDays, timeZone } = props
  const end = formatTimeForReader(timeZone, endsAt)
  if (change === 'cancelled')
    return [
      `Your trial was canceled on ${formatTimeForReader(timeZone, changedAt)}. You won’t be charged, and there’s nothing you need to do.`,
      'Is that a mistake? Reply or call, and we can restart it.',
      noDate,
    ]
  if (change === 'converted')
    return [
      'Thank you for choosing TrackStat. Your trial has become your account, so its end date no longer applies.',
      'Is that a mistake? Reply or call.',
      noDate,
    ]
  if (waitingDays !== undefined)
    return [
      `Your trial was extended. It runs until ${end} at the earliest.`,
      waitSentence(waitingDays),
      newDate,
    ]
  return [
    `Your trial was extended. It now runs until ${end} and ends on its own; nothing to cancel.`,
    newDate,
  ]
}

/** To a lead whose trial support or the product extended, canceled, or turned into a contract. */
export const trialChanged: Template<TrialChangedProps> = {
  subject: ({ change }) => SUBJECTS[change],
  html: (props) => {
    const [first = '', ...more] = sentencesOf(props)
    return (
      <Layout title={SUBJECTS[props.change]} preview={first} site={props.site} reason={reason}>
        <Title>{SUBJECTS[props.change]}</Title>
        <Paragraph>{first}</Paragraph>
        {props.loginUrl && <Action href={props.loginUrl}>Sign in to TrackStat</Action>}
        {more.map((each) => (
          <Paragraph key={each}>{each}</Paragraph>
        ))}
        <ReferenceLine reference={props.reference} site={props.site} />
      </Layout>
    )
  },
  text: (props) => {
    const [first = '', ...more] = sentencesOf(props)
    return paragraphs([
      wrap(first),
      props.loginUrl && textSection('Sign in to TrackStat', props.loginUrl),
      ...more.map((each) => wrap(each)),
      referenceText(props.reference, props.site),
      footerText(wrap(reason), props.site),
    ])
  },
  example: {
    change: 'extended',
    changedAt: new Date('2026-12-01T18:00:00Z'),
    endsAt: new Date('2026-12-15T22:05:00Z'),
    timeZone: 'America/Los_Angeles',
    loginUrl: 'https://app.trackstat.org/sign-in',
    reference: 'TS-9RWB4T',
    site: exampleSite,
  },
}
