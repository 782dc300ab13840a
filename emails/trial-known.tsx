import { type Letter, paragraph, referenceLine, signIn } from '#emails/letter'
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
  daysFromAccess?: number
}

const SUBJECTS: Record<KnownTrial['state'], string> = {
  running: 'You already have a TrackStat trial',
  customer: 'You already have TrackStat',
  had: 'You had a TrackStat trial',
  canceled: 'You had a TrackStat trial',
}

const asked = 'Someone requested a trial with this address'
const again = 'so a second doesn’t start automatically. Reply or call, and we’ll see what we can do.'

function sentenceAbout({ state, endsAt, timeZone, daysFromAccess }: KnownTrial): string {
  const when = formatTimeForReader(timeZone, endsAt)
  if (state === 'customer')
    return `${asked}, but you are a TrackStat customer already. Nothing was started, and nothing changes. If you need help signing in, reply or call.`
  if (daysFromAccess !== undefined)
    return `${asked}, but you already have one. It runs until ${when} at the earliest and continues unchanged. ${waitSentence(daysFromAccess)} No new trial was started.`
  if (state === 'running')
    return `${asked}, but you already have one. It runs until ${when} and continues unchanged. No new trial was started.`
  if (state === 'canceled') return `${asked}. You had one that was canceled on ${when}, ${again}`
  return `${asked}. You had one until ${when}, ${again}`
}

/** What a confirmation mail says in place of its link if the person has or had a trial. */
export function knownTrialLetter(
  known: KnownTrial,
  sent: Parameters<typeof referenceLine>[0],
): Omit<Letter, 'reason'> {
  const sentence = sentenceAbout(known)
  return {
    subject: SUBJECTS[known.state],
    preview: sentence,
    parts: [paragraph(sentence), ...signIn(known.loginUrl), referenceLine(sent)],
  }
}
