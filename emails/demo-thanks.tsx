import { action, letter, paragraph, reasonFor, referenceLine } from '#emails/letter'
import { FullLink, Paragraph, Subtitle } from '#emails/parts'
import { textSection, wrap } from '#emails/plain-text'
import { exampleSite, type SenderDetails } from '#emails/template'

type DemoThanksProps = {
  watchUrl: string
  /** For how many days `watchUrl` works. */
  validDays: number
  trialUrl: string
  reference: string
  unsubscribeUrl: string
  site: SenderDetails
}

const greeting =
  'Thank you for your interest in TrackStat. The demo shows EHR-integrated automation for chiropractic practices: engagement, retention, and full schedules.'
const trialTitle = 'Try it in your practice'
const trial = 'Ready to try it? Request a free trial:'

/** To a lead who sent the demo form. Has no text that was typed, as anyone can enter anyone's address. */
export const demoThanks = letter<DemoThanksProps>(
  ({ watchUrl, validDays, trialUrl, unsubscribeUrl, ...sent }) => ({
    subject: 'Your TrackStat demo is ready',
    title: 'Your demo is ready',
    preview: `Watch it for ${validDays} days, on any device.`,
    parts: [
      paragraph(greeting),
      action('Watch the demo', watchUrl),
      paragraph(`This link works for ${validDays} days, on any device.`),
      {
        html: <TrialInvitation url={trialUrl} />,
        text: textSection(trialTitle, `${wrap(trial)}\n${trialUrl}`),
      },
      referenceLine(sent),
    ],
    reason: reasonFor('this address was entered in our demo form', unsubscribeUrl),
  }),
  {
    watchUrl: 'https://www.trackstat.org/demo/watch?pass=Yk3vT0c1Qm9xR2pLd0Zs',
    validDays: 90,
    trialUrl: 'https://www.trackstat.org/trial',
    reference: 'TS-7K4M2Q',
    unsubscribeUrl: 'https://www.trackstat.org/unsubscribe?token=b7Zk2mVx9Qe4Tn6Rp1Ls',
    site: exampleSite,
  },
)

function TrialInvitation({ url }: { url: string }) {
  return (
    <>
      <Subtitle>{trialTitle}</Subtitle>
      <Paragraph>
        {trial}
        <br />
        <FullLink href={url} />
      </Paragraph>
    </>
  )
}
