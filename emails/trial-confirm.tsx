import { footText, Layout } from '#emails/layout'
import { Action, Paragraph, Title } from '#emails/parts'
import { paragraphs, titled, wrap } from '#emails/prose'
import { Reference, referenceText } from '#emails/reference'
import { exampleSite, type Site, type Template } from '#emails/template'

export type TrialConfirmProps = {
  confirmUrl: string
  reference: string
  /** Days. */
  trialDays: number
  /** How long the link works, in hours. */
  validHours: number
  site: Site
}

const subject = 'Confirm your address to start your TrackStat trial'
const reason = 'Sent because this address was entered in the trial form of the TrackStat site.'
const notYou = 'Was it not you? Then ignore this mail: nothing starts, and we send nothing more about it.'

function whatFor({ trialDays }: TrialConfirmProps): string {
  return `One step is left: confirm that this address is yours. Your free trial then runs for ${trialDays} days, counted from that moment. Nothing starts before.`
}

function howLong({ validHours }: TrialConfirmProps): string {
  return `The link opens a page with one button to press. It works for ${validHours} hours; after that, the same page sends you a new one.`
}

/** The double opt-in of a trial. It carries no unsubscribe link: without the click, no further mail goes out. */
export const trialConfirm: Template<TrialConfirmProps> = {
  subject: () => subject,
  Html: (props) => (
    <Layout
      title={subject}
      preview={`Then your ${props.trialDays} days begin.`}
      site={props.site}
      reason={reason}
    >
      <Title>Confirm your address</Title>
      <Paragraph>{whatFor(props)}</Paragraph>
      <Action href={props.confirmUrl}>Confirm your address</Action>
      <Paragraph>{howLong(props)}</Paragraph>
      <Paragraph>
        <strong>{notYou}</strong>
      </Paragraph>
      <Reference reference={props.reference} site={props.site} />
    </Layout>
  ),
  text: (props) =>
    paragraphs([
      wrap(whatFor(props)),
      titled('Confirm your address', props.confirmUrl),
      wrap(howLong(props)),
      wrap(notYou),
      referenceText(props.reference, props.site),
      footText(wrap(reason), props.site),
    ]),
  example: {
    confirmUrl: 'https://www.trackstat.org/trial/confirm?token=4pQ8sVn2Lk7Xw0Zr5Tb9Yc3M',
    reference: 'TS-9RWB4T',
    trialDays: 14,
    validHours: 48,
    site: exampleSite,
  },
}
