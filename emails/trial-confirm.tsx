import { footerText, Layout } from '#emails/layout'
import { Action, Paragraph, Subtitle, Tag, Title } from '#emails/parts'
import { paragraphs, textSection, wrap } from '#emails/plain-text'
import { ReferenceLine, referenceText } from '#emails/reference'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'
import { type KnownTrial, KnownTrialMail, knownSubject, knownText } from '#emails/trial-known'

export type TrialConfirmProps = {
  confirmUrl: string
  /** Can be typed in place of using the link. */
  code: string
  reference: string
  /** Days. */
  trialDays: number
  /** How long the link works, in hours. */
  validHours: number
  /** An existing trial of this person. The mail then reports it and offers no new one. */
  known?: KnownTrial
  site: SenderDetails
}

const subject = 'Confirm your address to start your TrackStat trial'
const reason = 'Sent because this address was entered in TrackStat’s trial form.'
const notYou = 'Wasn’t you? Ignore this email. Nothing starts unless you confirm, and we send no reminders.'

function whatFor({ trialDays }: TrialConfirmProps): string {
  return `One step left: confirm that this address is yours. Your free ${trialDays}-day trial starts at that moment, not before.`
}

function howLong({ validHours }: TrialConfirmProps): string {
  return `The link opens a page with one button. It works once, within ${validHours} hours; if it has expired, the same page offers a new one.`
}

const byCode =
  'Or type this code on the page you left open. It stops working after too many wrong tries; the link still works.'

/** The double opt-in of a trial. No unsubscribe link: without the confirmation no further mail goes out. */
export const trialConfirm: Template<TrialConfirmProps> = {
  subject: ({ known }) => (known ? knownSubject(known) : subject),
  html: (props) =>
    props.known ? (
      <KnownTrialMail {...props} known={props.known} reason={reason} />
    ) : (
      <ConfirmationRequest {...props} />
    ),
  text: (props) => (props.known ? knownText({ ...props, known: props.known, reason }) : requestText(props)),
  example: {
    confirmUrl: 'https://www.trackstat.org/trial/confirm?token=4pQ8sVn2Lk7Xw0Zr5Tb9Yc3M',
    code: '4KX7MT',
    reference: 'TS-9RWB4T',
    trialDays: 14,
    validHours: 48,
    site: exampleSite,
  },
}

function ConfirmationRequest(props: TrialConfirmProps) {
  return (
    <Layout
      title={subject}
      preview={`Your ${props.trialDays}-day trial starts when you confirm.`}
      site={props.site}
      reason={reason}
    >
      <Title>Confirm your address</Title>
      <Paragraph>{whatFor(props)}</Paragraph>
      <Action href={props.confirmUrl}>Confirm your address</Action>
      <Paragraph>{howLong(props)}</Paragraph>
      <Subtitle>Your code</Subtitle>
      <Paragraph>{byCode}</Paragraph>
      <Tag>{props.code}</Tag>
      <Paragraph>
        <strong>{notYou}</strong>
      </Paragraph>
      <ReferenceLine reference={props.reference} site={props.site} />
    </Layout>
  )
}

function requestText(props: TrialConfirmProps): string {
  return paragraphs([
    wrap(whatFor(props)),
    textSection('Confirm your address', props.confirmUrl),
    wrap(howLong(props)),
    textSection('Your code', `${wrap(byCode)}\n\n    ${props.code}`),
    wrap(notYou),
    referenceText(props.reference, props.site),
    footerText(wrap(reason), props.site),
  ])
}
