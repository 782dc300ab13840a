import { footerText, Layout } from '#emails/layout'
import { Action, FullLink, Paragraph, Subtitle, Title } from '#emails/parts'
import { paragraphs, textSection, wrap } from '#emails/plain-text'
import { reasonFor, reasonText } from '#emails/reason'
import { ReferenceLine, referenceText } from '#emails/reference'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'

export type DemoThanksProps = {
  watchUrl: string
  trialUrl: string
  reference: string
  unsubscribeUrl: string
  site: SenderDetails
}

const subject = 'Your TrackStat demo is ready'
const greeting =
  'Thank you for your interest in TrackStat. The demo shows EHR-integrated automation for chiropractic practices: engagement, retention and full schedules.'
const trial = 'Ready to try it? Request a free trial:'
const cause = 'this address was entered in our demo form'

/** To a lead who sent the demo form. Has no text that was typed, as anyone can enter anyone's address. */
export const demoThanks: Template<DemoThanksProps> = {
  subject: () => subject,
  html: ({ watchUrl, trialUrl, reference, unsubscribeUrl, site }) => (
    <Layout
      title={subject}
      preview="Watch it whenever you like, on any device."
      site={site}
      reason={reasonFor(cause, unsubscribeUrl)}
    >
      <Title>Your demo is ready</Title>
      <Paragraph>{greeting}</Paragraph>
      <Action href={watchUrl}>Watch the demo</Action>
      <Subtitle>Try it in your practice</Subtitle>
      <Paragraph>
        {trial}
        <br />
        <FullLink href={trialUrl} />
      </Paragraph>
      <ReferenceLine reference={reference} site={site} />
    </Layout>
  ),
  text: ({ watchUrl, trialUrl, reference, unsubscribeUrl, site }) =>
    paragraphs([
      wrap(greeting),
      textSection('Watch the demo', watchUrl),
      textSection('Try it in your practice', `${wrap(trial)}\n${trialUrl}`),
      referenceText(reference, site),
      footerText(reasonText(cause, unsubscribeUrl), site),
    ]),
  example: {
    watchUrl: 'https://www.trackstat.org/demo/watch?pass=Yk3vT0c1Qm9xR2pLd0Zs',
    trialUrl: 'https://www.trackstat.org/trial',
    reference: 'TS-7K4M2Q',
    unsubscribeUrl: 'https://www.trackstat.org/unsubscribe?token=b7Zk2mVx9Qe4Tn6Rp1Ls',
    site: exampleSite,
  },
}
