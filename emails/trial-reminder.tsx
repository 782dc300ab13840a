import { footerText, Layout } from '#emails/layout'
import { mailto } from '#emails/link'
import { Action, BigButton, Muted, Paragraph, Title } from '#emails/parts'
import { paragraphs, textSection, wrap } from '#emails/plain-text'
import { reasonFor, reasonText } from '#emails/reason'
import { ReferenceLine, referenceText } from '#emails/reference'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'
import { formatTimeForReader } from '#emails/time'

export type TrialReminderProps = {
  endsAt: Date
  /** The reader's IANA time zone, if known. */
  timeZone?: string
  loginUrl?: string
  reference: string
  unsubscribeUrl: string
  site: SenderDetails
}
type Wording = {
  subject: string
  text: (endsAt: string) => string
  /** Promotional text. */
  offer: string
  /** Whether the person can still sign in. */
  running: boolean
}

const cause = 'a trial was confirmed with this address'

function reminderSentences(
  { text, offer }: Wording,
  { endsAt, timeZone, site }: TrialReminderProps,
): string[] {
  return [text(formatTimeForReader(timeZone, endsAt)), ...(site.postalAddress ? [offer] : [])]
}

const GO_ON = 'Become a customer'

/** The way on after a trial: a mail to support whose subject says it all. */
function wayOn({ reference, site }: TrialReminderProps) {
  return {
    href: mailto(site.email, `Become a TrackStat customer (${reference})`),
    hint: `This opens an email to ${site.email}.`,
  }
}

/** A reminder about a trial's end. Promotional text requires a street address (CAN-SPAM). */
export function reminder(wording: Wording): Template<TrialReminderProps> {
  return {
    subject: () => wording.subject,
    html: (props) => reminderHtml({ wording, props }),
    text: (props) => reminderText({ wording, props }),
    example,
  }
}

type Reminder = { wording: Wording; props: TrialReminderProps }

function reminderHtml({ wording, props }: Reminder) {
  const sentences = reminderSentences(wording, props)
  const loginUrl = wording.running ? props.loginUrl : undefined
  const { href, hint } = wayOn(props)
  return (
    <Layout
      title={wording.subject}
      preview={sentences[0] ?? ''}
      site={props.site}
      reason={reasonFor(cause, props.unsubscribeUrl)}
    >
      <Title>{wording.subject}</Title>
      {sentences.map((each) => (
        <Paragraph key={each}>{each}</Paragraph>
      ))}
      {loginUrl && <Action href={loginUrl}>Sign in to TrackStat</Action>}
      <BigButton href={href}>{GO_ON}</BigButton>
      <Muted>{hint}</Muted>
      <ReferenceLine reference={props.reference} site={props.site} />
    </Layout>
  )
}

function reminderText({ wording, props }: Reminder): string {
  const { href, hint } = wayOn(props)
  return paragraphs([
    ...reminderSentences(wording, props).map((each) => wrap(each)),
    wording.running && props.loginUrl && textSection('Sign in to TrackStat', props.loginUrl),
    `${textSection(GO_ON, href)}\n${wrap(hint)}`,
    referenceText(props.reference, props.site),
    footerText(reasonText(cause, props.unsubscribeUrl), props.site),
  ])
}

const example: TrialReminderProps = {
  endsAt: new Date('2026-12-08T22:05:00Z'),
  loginUrl: 'https://app.trackstat.org/sign-in',
  reference: 'TS-9RWB4T',
  unsubscribeUrl: 'https://www.trackstat.org/unsubscribe?token=b7Zk2mVx9Qe4Tn6Rp1Ls',
  site: exampleSite,
}
