import { footerText, Layout } from '#emails/layout'
import { Action, Paragraph, Title } from '#emails/parts'
import { paragraphs, textSection, wrap } from '#emails/plain-text'
import { ReferenceLine, referenceText } from '#emails/reference'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'

export type TrialAccessProps = {
  /** The sign-in link; undefined until the account exists. */
  loginUrl?: string
  /** Set when the person asked how to sign in: the account's state. */
  asked?: 'ready' | 'preparing' | 'late' | 'by-hand'
  reference: string
  site: SenderDetails
}

const ready = {
  subject: 'Your TrackStat account is ready',
  paragraphTexts: ['Your trial account is set up. Sign in here:'],
}
const late = {
  subject: 'Your TrackStat account is taking longer than expected',
  paragraphTexts: [
    'Your trial has started, but your account isn’t ready. It should have taken a few minutes. We’re sorry.',
    'You don’t need to do anything. Support knows, and we’ll email your sign-in link when it is ready. If this costs you trial days, call or email us.',
  ],
}
const reason = 'Sent because a TrackStat trial was confirmed for this address.'
const askedSubject = 'How to sign in to your TrackStat trial'
const askedReason = 'Sent because someone asked how to sign in to the trial of this address.'
const ASKED: Record<NonNullable<TrialAccessProps['asked']>, string> = {
  ready: 'Your trial account is set up. Sign in here:',
  preparing: 'Your account is being prepared. We’ll email your sign-in link when it is ready.',
  late: 'Your account is taking longer than it should. Support knows, and we’ll email your sign-in link when it is ready.',
  'by-hand':
    'Our support team sets up your access with you and will contact you. You can also reply or call.',
}

function wordingOf({ loginUrl, asked }: TrialAccessProps) {
  if (asked) return { subject: askedSubject, paragraphTexts: [ASKED[asked]], reason: askedReason }
  return { ...(loginUrl ? ready : late), reason }
}

/** Sent after a welcome without a sign-in link: that the account is late, or the link. Also sent on request. */
export const trialAccess: Template<TrialAccessProps> = {
  subject: (props) => wordingOf(props).subject,
  html: (props) => {
    const { subject, paragraphTexts, reason } = wordingOf(props)
    return (
      <Layout title={subject} preview={paragraphTexts[0] ?? ''} site={props.site} reason={reason}>
        <Title>{subject}</Title>
        {paragraphTexts.map((each) => (
          <Paragraph key={each}>{each}</Paragraph>
        ))}
        {props.loginUrl && <Action href={props.loginUrl}>Sign in to TrackStat</Action>}
        <ReferenceLine reference={props.reference} site={props.site} />
      </Layout>
    )
  },
  text: (props) =>
    paragraphs([
      ...wordingOf(props).paragraphTexts.map((each) => wrap(each)),
      props.loginUrl && textSection('Sign in to TrackStat', props.loginUrl),
      referenceText(props.reference, props.site),
      footerText(wrap(wordingOf(props).reason), props.site),
    ]),
  example: {
    loginUrl: 'https://app.trackstat.org/sign-in?invite=Lq8Zr2',
    reference: 'TS-9RWB4T',
    site: exampleSite,
  },
}
