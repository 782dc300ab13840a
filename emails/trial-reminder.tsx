import { letter, type Part, paragraph, reasonFor, referenceLine, signIn } from '#emails/letter'
import { mailto } from '#emails/link'
import { BigButton, Muted } from '#emails/parts'
import { textSection } from '#emails/plain-text'
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
  /** Whether the person can still sign in. */
  running: boolean
}

/** The way on after a trial: a mail to support whose subject says it all. */
function wayOn({ reference, site }: TrialReminderProps): Part {
  const label = 'Become a customer'
  const href = mailto(site.email, `Become a TrackStat customer (${reference})`)
  const hint = `This opens an email to ${site.email}.`
  const html = (
    <>
      <BigButton href={href}>{label}</BigButton>
      <Muted>{hint}</Muted>
    </>
  )
  return { html, text: `${textSection(label, href)}\n${hint}` }
}

/** A reminder about a trial's end. Promotional text requires a street address (CAN-SPAM). */
export function reminder({ subject, text, offer, running }: Wording): Template<TrialReminderProps> {
  return letter<TrialReminderProps>((props) => {
    const sentence = text(formatTimeForReader(props.timeZone, props.endsAt))
    return {
      subject,
      preview: sentence,
      parts: [
        paragraph(sentence),
        ...(props.site.postalAddress ? [paragraph(offer)] : []),
        ...signIn(running ? props.loginUrl : undefined),
        wayOn(props),
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
