import { footText, Layout } from '#emails/layout'
import { momentIn } from '#emails/moment'
import { Action, Paragraph, Rows, Title } from '#emails/parts'
import { paragraphs, titled, wrap } from '#emails/prose'
import { Reference, referenceText } from '#emails/reference'
import { exampleSite, type Site, type Template } from '#emails/template'

export type TrialWelcomeProps = {
  startsAt: Date
  endsAt: Date
  /** Where to sign in, once the product has set the trial up. */
  loginUrl?: string
  reference: string
  site: Site
}

const subject = 'Your TrackStat trial has started'
const reason = 'Sent because the trial of this address was confirmed.'
const calendar =
  'The end is attached as a calendar entry. A trial ends by itself; there is nothing to cancel.'
const access = 'We get in touch with you to set up your access.'

export function bothZones(at: Date): string {
  return `${momentIn('california', at)} (${momentIn('utc', at)})`
}

/** The dates of a trial that has just been confirmed. */
export const trialWelcome: Template<TrialWelcomeProps> = {
  subject: () => subject,
  Html: ({ startsAt, endsAt, loginUrl, reference, site }) => (
    <Layout title={subject} preview={`It runs until ${bothZones(endsAt)}.`} site={site} reason={reason}>
      <Title>Your trial has started</Title>
      <Paragraph>Thank you for confirming. These are its dates:</Paragraph>
      <Rows
        rows={[
          { label: 'From', value: bothZones(startsAt) },
          { label: 'Until', value: bothZones(endsAt) },
        ]}
      />
      {loginUrl ? <Action href={loginUrl}>Sign in to TrackStat</Action> : <Paragraph>{access}</Paragraph>}
      <Paragraph>{calendar}</Paragraph>
      <Reference reference={reference} site={site} />
    </Layout>
  ),
  text: ({ startsAt, endsAt, loginUrl, reference, site }) =>
    paragraphs([
      wrap('Thank you for confirming. These are the dates of your trial:'),
      `From:\n  ${bothZones(startsAt)}\nUntil:\n  ${bothZones(endsAt)}`,
      loginUrl ? titled('Sign in to TrackStat', loginUrl) : wrap(access),
      wrap(calendar),
      referenceText(reference, site),
      footText(wrap(reason), site),
    ]),
  example: {
    startsAt: new Date('2026-11-24T22:05:00Z'),
    endsAt: new Date('2026-12-08T22:05:00Z'),
    loginUrl: 'https://app.trackstat.org/sign-in?invite=Lq8Zr2',
    reference: 'TS-9RWB4T',
    site: exampleSite,
  },
}
