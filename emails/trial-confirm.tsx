import { action, letter, paragraph, plainReason, referenceLine } from '#emails/letter'
import { Paragraph, Subtitle, Tag } from '#emails/parts'
import { textSection, wrap } from '#emails/plain-text'
import { exampleSite, type SenderDetails } from '#emails/template'
import { type KnownTrial, knownTrialLetter } from '#emails/trial-known'

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

const reason = plainReason('Sent because this address was entered in TrackStat’s trial form.')
const title = 'Start my trial'
const codeTitle = 'Your code'
const byCode =
  'Or type this code on the page you left open. It stops working after too many wrong tries; the link still works.'
const notYou = 'Wasn’t you? Ignore this email. Nothing starts unless you confirm, and we send no reminders.'

/** The double opt-in of a trial. No unsubscribe link: without the confirmation no further mail goes out. */
export const trialConfirm = letter<TrialConfirmProps>(
  ({ known, ...props }) =>
    known ? { ...knownTrialLetter(known, props), reason } : { ...confirmationRequest(props), reason },
  {
    confirmUrl: 'https://www.trackstat.org/trial/confirm?token=4pQ8sVn2Lk7Xw0Zr5Tb9Yc3M',
    code: '4KX7MT',
    reference: 'TS-9RWB4T',
    trialDays: 14,
    validHours: 48,
    site: exampleSite,
  },
)

function confirmationRequest({ trialDays, validHours, confirmUrl, code, ...sent }: TrialConfirmProps) {
  const whatFor = `One step left: confirm that this address is yours. Your free ${trialDays}-day trial starts at that moment, not before, and its days count from the time you can sign in.`
  const howLong = `The link opens a page with one button. It works once, within ${validHours} hours; if it has expired, the same page offers a new one.`
  return {
    subject: 'Confirm your address to start your TrackStat trial',
    title,
    preview: `Your ${trialDays}-day trial starts when you confirm.`,
    parts: [
      paragraph(whatFor),
      action(title, confirmUrl),
      paragraph(howLong),
      { html: <CodeSection code={code} />, text: textSection(codeTitle, `${wrap(byCode)}\n\n    ${code}`) },
      {
        html: (
          <Paragraph>
            <strong>{notYou}</strong>
          </Paragraph>
        ),
        text: wrap(notYou),
      },
      referenceLine(sent),
    ],
  }
}

function CodeSection({ code }: { code: string }) {
  return (
    <>
      <Subtitle>{codeTitle}</Subtitle>
      <Paragraph>{byCode}</Paragraph>
      <Tag>{code}</Tag>
    </>
  )
}
