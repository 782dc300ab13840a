import { footerText, Layout } from '#emails/layout'
import { Action, Paragraph, Title } from '#emails/parts'
import { paragraphs, textSection, wrap } from '#emails/plain-text'
import { ReferenceLine, referenceText } from '#emails/reference'
import type { SenderDetails } from '#emails/template'
import { formatTimeForReader } from '#emails/time'
import { waitSentence } from '#emails/trial-wait'

/** The trial that this person has or had. Only the mail mentions it, so that no page reveals it to a stranger. */
export type KnownTrial = {
  state: 'running' | 'had' | 'customer' | 'canceled'
  /** When it ends, or ended. */
  endsAt: Date
  /** The reader's IANA time zone, if known. */
  timeZone?: string
  loginUrl?: string
  /** As of a trial in `lib/trials/find.ts`. */
  waitingDays?: number
}
type Props = { known: KnownTrial; reference: string; reason: string; site: SenderDetails }

const SUBJECTS: Record<KnownTrial['state'], string> = {
  running: 'You already have a TrackStat trial',
  customer: 'You already have TrackStat',
  had: 'You had a TrackStat trial',
  canceled: 'You had a TrackStat trial',
}

export function knownSubject({ state }: KnownTrial): string {
  return SUBJECTS[state]
}

const asked = 'Someone requested a trial with this address'
const again = 'so a second doesn’t start automatically. Reply or call, and we’ll see what we can do.'

function sentenceAbout({ state, endsAt, timeZone, waitingDays }: KnownTrial): string {
  const when = formatTimeForReader(timeZone, endsAt)
  if (state === 'customer')
    return `${asked}, but you are a TrackStat customer already. Nothing was started, and nothing changes. If you need help signing in, reply or call.`
  if (waitingDays !== undefined)
    return `${asked}, but you already have one. It runs until ${when} at the earliest and continues unchanged. ${waitSentence(waitingDays)} No new trial was started.`
  if (state === 'running')
    return `${asked}, but you already have one. It runs until ${when} and continues unchanged. No new trial was started.`
  if (state === 'canceled') return `${asked}. You had one that was canceled on ${when}, ${again}`
  return `${asked}. You had one until ${when}, ${again}`
}

export function KnownTrialMail({ known, reference, reason, site }: Props) {
  const subject = knownSubject(known)
  return (
    <Layout title={subject} preview={sentenceAbout(known)} site={site} reason={reason}>
      <Title>{subject}</Title>
      <Paragraph>{sentenceAbout(known)}</Paragraph>
      {known.loginUrl && <Action href={known.loginUrl}>Sign in to TrackStat</Action>}
      <ReferenceLine reference={reference} site={site} />
    </Layout>
  )
}

export function knownText({ known, reference, reason, site }: Props): string {
  return paragraphs([
    wrap(sentenceAbout(known)),
    known.loginUrl && textSection('Sign in to TrackStat', known.loginUrl),
    referenceText(reference, site),
    footerText(wrap(reason), site),
  ])
}
