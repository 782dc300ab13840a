import { footText, Layout } from '#emails/layout'
import { momentFor } from '#emails/moment'
import { Action, Paragraph, Title } from '#emails/parts'
import { paragraphs, titled, wrap } from '#emails/prose'
import { reasonFor, reasonText } from '#emails/reason'
import { Reference, referenceText } from '#emails/reference'
import { exampleSite, type Site } from '#emails/template'

export type TrialReminderProps = {
  endsAt: Date
  /** IANA name of the reader's time zone, where it is known. */
  timeZone?: string
  loginUrl?: string
  reference: string
  unsubscribeUrl: string
  site: Site
}
export type Wording = {
  subject: string
  says: (until: string) => string
  /** What promotes. */
  offer: string
  /** Replaces the offer where it may not be made: what happens now, without promotion. */
  next?: string
}

type Worded = { wording: Wording; props: TrialReminderProps }

const cause = 'a trial was confirmed with this address'

function wordsOf({ says, offer, next }: Wording, { endsAt, timeZone, site }: TrialReminderProps): string[] {
  const then = site.postalAddress ? offer : next
  return [says(momentFor(timeZone, endsAt)), ...(then ? [then] : [])]
}

/** A reminder about a trial's end. Promotional text requires a street address (CAN-SPAM). */
export function ReminderLetter({ wording, props }: Worded) {
  const words = wordsOf(wording, props)
  return (
    <Layout
      title={wording.subject}
      preview={words[0] ?? ''}
      site={props.site}
      reason={reasonFor(cause, props.unsubscribeUrl)}
    >
      <Title>{wording.subject}</Title>
      {words.map((each) => (
        <Paragraph key={each}>{each}</Paragraph>
      ))}
      {props.loginUrl && <Action href={props.loginUrl}>Sign in to TrackStat</Action>}
      <Reference reference={props.reference} site={props.site} />
    </Layout>
  )
}

export function reminderText({ wording, props }: Worded): string {
  return paragraphs([
    ...wordsOf(wording, props).map((each) => wrap(each)),
    props.loginUrl && titled('Sign in to TrackStat', props.loginUrl),
    referenceText(props.reference, props.site),
    footText(reasonText(cause, props.unsubscribeUrl), props.site),
  ])
}

export const reminderExample: TrialReminderProps = {
  endsAt: new Date('2026-12-08T22:05:00Z'),
  loginUrl: 'https://app.trackstat.org/sign-in',
  reference: 'TS-9RWB4T',
  unsubscribeUrl: 'https://www.trackstat.org/unsubscribe?token=b7Zk2mVx9Qe4Tn6Rp1Ls',
  site: exampleSite,
}
