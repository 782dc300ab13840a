import { footerText, Layout } from '#emails/layout'
import { Action, Paragraph, Rows, Title } from '#emails/parts'
import { paragraphs, textSection, wrap } from '#emails/plain-text'
import { ReferenceLine, referenceText } from '#emails/reference'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'
import { formatTimeForReader } from '#emails/time'

export type TrialWelcomeProps = {
  startsAt: Date
  endsAt: Date
  /** The reader's IANA time zone, if known. */
  timeZone?: string
  /** The sign-in link, once the product has created the account. */
  loginUrl?: string
  /** The product was asked to create the account and has not answered yet. */
  preparing?: boolean
  reference: string
  site: SenderDetails
}

const subject = 'Your TrackStat trial has started'
const reason = 'Sent because a TrackStat trial was confirmed for this address.'
const thanks = 'Thank you for confirming. Your trial dates:'
const calendar = 'The end date is attached as a calendar event. The trial ends on its own; nothing to cancel.'
const byHand = 'Our support team will contact you to set up your access.'
const preparing = 'Your account is being prepared. We’ll email your sign-in link when it is ready.'

function access(props: TrialWelcomeProps): string {
  return props.preparing ? preparing : byHand
}

/** The dates of a trial that has just been confirmed. */
export const trialWelcome: Template<TrialWelcomeProps> = {
  subject: () => subject,
  html: (props) => (
    <Layout
      title={subject}
      preview={`It runs until ${formatTimeForReader(props.timeZone, props.endsAt)}.`}
      site={props.site}
      reason={reason}
    >
      <Title>Your trial has started</Title>
      <Paragraph>{thanks}</Paragraph>
      <div style={{ margin: '16px 0 0' }}>
        <Rows
          rows={[
            { label: 'From', value: formatTimeForReader(props.timeZone, props.startsAt) },
            { label: 'Until', value: formatTimeForReader(props.timeZone, props.endsAt) },
          ]}
        />
      </div>
      {props.loginUrl ? (
        <Action href={props.loginUrl}>Sign in to TrackStat</Action>
      ) : (
        <Paragraph>{access(props)}</Paragraph>
      )}
      <Paragraph>{calendar}</Paragraph>
      <ReferenceLine reference={props.reference} site={props.site} />
    </Layout>
  ),
  text: (props) =>
    paragraphs([
      thanks,
      `From:\n  ${formatTimeForReader(props.timeZone, props.startsAt)}\nUntil:\n  ${formatTimeForReader(props.timeZone, props.endsAt)}`,
      props.loginUrl ? textSection('Sign in to TrackStat', props.loginUrl) : wrap(access(props)),
      wrap(calendar),
      referenceText(props.reference, props.site),
      footerText(wrap(reason), props.site),
    ]),
  example: {
    startsAt: new Date('2026-11-24T22:05:00Z'),
    endsAt: new Date('2026-12-08T22:05:00Z'),
    timeZone: 'America/New_York',
    loginUrl: 'https://app.trackstat.org/sign-in?invite=Lq8Zr2',
    reference: 'TS-9RWB4T',
    site: exampleSite,
  },
}
