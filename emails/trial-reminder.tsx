import { letter, paragraph, reasonFor, referenceLine, signIn } from '#emails/letter'
import { exampleSite, type SenderDetails, type Template } from '#emails/template'
import { formatTimeForReader } from '#emails/time'

type TrialReminderProps = {
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
  /** Replaces the offer if promotion is not allowed. */
  next?: string
}

/** A reminder about a trial's end. Promotional text requires a street address (CAN-SPAM). */
export function reminder({ subject, text, offer, next }: Wording): Template<TrialReminderProps> {
  return letter<TrialReminderProps>((props) => {
    const sentence = text(formatTimeForReader(props.timeZone, props.endsAt))
    const then = props.site.postalAddress ? offer : next
    return {
      subject,
      preview: sentence,
      parts: [
        paragraph(sentence),
        ...(then ? [paragraph(then)] : []),
        ...signIn(props.loginUrl),
        referenceLine(props),
      ],
      reason: reasonFor('a trial was confirmed with this address', props.unsubscribeUrl),
    }
  }, example)
}

const example: TrialReminderProps = {
  endsAt: new Date('2026-12-08T22:05:00Z'),
  loginUrl: 'https://app.trackstat.org/sign-in',
  reference: 'TS-9RWB4T',
  unsubscribeUrl: 'https://www.trackstat.org/unsubscribe?token=b7Zk2mVx9Qe4Tn6Rp1Ls',
  site: exampleSite,
}
