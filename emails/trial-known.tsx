import { footText, Layout } from '#emails/layout'
import { momentFor } from '#emails/moment'
import { Action, Paragraph, Title } from '#emails/parts'
import { paragraphs, titled, wrap } from '#emails/prose'
import { Reference, referenceText } from '#emails/reference'
import type { Site } from '#emails/template'

/** A trial that this person has, or had: said in the mail only, so that a page tells a stranger nothing. */
export type KnownTrial = { state: 'running' | 'had'; endsAt: Date; timeZone?: string; loginUrl?: string }
type Props = { known: KnownTrial; reference: string; reason: string; site: Site }

export function knownSubject({ state }: KnownTrial): string {
  return state === 'running' ? 'You already have a TrackStat trial' : 'You had a TrackStat trial'
}

function say({ state, endsAt, timeZone }: KnownTrial): string {
  const when = momentFor(timeZone, endsAt)
  return state === 'running'
    ? `Someone requested a trial with this address, but you already have one. It runs until ${when} and continues unchanged. No new trial was started.`
    : `Someone requested a trial with this address. You had one until ${when}, so a second doesn’t start automatically. Reply or call, and we’ll see what we can do.`
}

export function KnownTrialLetter({ known, reference, reason, site }: Props) {
  const subject = knownSubject(known)
  return (
    <Layout title={subject} preview={say(known)} site={site} reason={reason}>
      <Title>{subject}</Title>
      <Paragraph>{say(known)}</Paragraph>
      {known.loginUrl && <Action href={known.loginUrl}>Sign in to TrackStat</Action>}
      <Reference reference={reference} site={site} />
    </Layout>
  )
}

export function knownText({ known, reference, reason, site }: Props): string {
  return paragraphs([
    wrap(say(known)),
    known.loginUrl && titled('Sign in to TrackStat', known.loginUrl),
    referenceText(reference, site),
    footText(wrap(reason), site),
  ])
}
