import type { SenderDetails } from '#emails/template'
import { formatTime } from '#emails/time'

/** Attribution, as sent by the visitor's browser: unverified and untrusted. */
type Touch = { [Name in 'utm_source' | 'utm_medium' | keyof typeof TOUCH_LABELS]?: string }

const TOUCH_LABELS = {
  utm_campaign: 'Campaign',
  utm_term: 'Search',
  utm_content: 'Content',
  referrer: 'Referrer',
  landing_page: 'Page',
  gclid: 'Google click',
}

/** An answer from the form, with its label. */
export type NoticeAnswer = {
  kind: 'line' | 'email' | 'phone' | 'choice' | 'text' | 'consent'
  label: string
  value: string
  /** Of a phone number; absent if none could be read. */
  e164?: string
  note?: string
}

export type SupportNoticeProps = {
  /** What this is about: "Demo request". */
  title: string
  reference: string
  receivedAt: Date
  /** Who wrote: name and practice, or the address alone. */
  who: string[]
  /** The other answers. Those of kind `text` are quoted, the rest are in a table. */
  answers: NoticeAnswer[]
  /** Sentences for support: "This may be spam: …". */
  warnings: string[]
  lastTouch?: Touch
  firstTouch?: Touch
  history: { at: Date; what: string; reference?: string }[]
  deskUrl?: string
  /** For a trial: its length, and its dates once it has started. */
  trial?: { days: number; startsAt?: Date; endsAt?: Date }
  site?: SenderDetails
}

/** One line of the notice, used by HTML and plain text. */
export type Fact = { label: string; value: string; href?: string; note?: string }

/** The rows of the contact table: all answers but long ones, the trial, and when it came. */
export function contactFacts({ answers, trial, receivedAt }: SupportNoticeProps): Fact[] {
  return [
    ...answers.filter(({ kind }) => kind !== 'text').map(answerFact),
    ...trialFacts(trial),
    { label: 'Received', value: formatTime('california', receivedAt), note: formatTime('utc', receivedAt) },
  ]
}

/** The long answers, each quoted under its label. */
export function longAnswers({ answers }: Pick<SupportNoticeProps, 'answers'>): NoticeAnswer[] {
  return answers.filter(({ kind }) => kind === 'text')
}

function answerFact(answer: NoticeAnswer): Fact {
  const { kind, label, value, note } = answer
  if (kind === 'phone') return phoneFact(answer)
  return { label, value, href: kind === 'email' ? mailHref(value) : undefined, note }
}

function phoneFact({ label, value, e164 }: NoticeAnswer): Fact {
  // Only digits after "tel:": `;` and `,` would add parameters or extra dialing.
  const readable = e164 && /^\+[1-9]\d{6,14}$/.test(e164)
  if (!readable) return { label, value, note: 'As typed; no number could be read from it.' }
  return { label, value, href: `tel:${e164}`, note: `Dials ${e164}` }
}

/** Percent-encoded (RFC 6068), so that "?bcc=" within an address can't become a header of the reply. */
function mailHref(email: string): string {
  const encoded = encodeURIComponent(email.toWellFormed())
  const at = encoded.lastIndexOf('%40')
  return `mailto:${at < 0 ? encoded : `${encoded.slice(0, at)}@${encoded.slice(at + 3)}`}`
}

function trialFacts(trial: SupportNoticeProps['trial']): Fact[] {
  if (!trial) return []
  const { days, startsAt, endsAt } = trial
  if (!startsAt || !endsAt)
    return [{ label: 'Trial', value: `${days} days, from the moment the address is confirmed` }]
  return [
    { label: 'Started', value: formatTime('california', startsAt), note: formatTime('utc', startsAt) },
    { label: 'Ends', value: formatTime('california', endsAt), note: formatTime('utc', endsAt) },
  ]
}

const MAX_TOUCH_CHARACTERS = 100

// Sixteen values of 200 invisible characters would exceed Gmail's limit. The database has the full values.
function touchFact(label: string, value = ''): Fact[] {
  const letters = [...value]
  const cut = letters.length > MAX_TOUCH_CHARACTERS
  if (!value) return []
  return [{ label, value: cut ? `${letters.slice(0, MAX_TOUCH_CHARACTERS).join('')}…` : value }]
}

export function touchFacts(touch: Touch = {}): Fact[] {
  return [
    ...touchFact('Source', [touch.utm_source, touch.utm_medium].filter(Boolean).join(' / ')),
    ...Object.entries(TOUCH_LABELS).flatMap(([name, label]) => touchFact(label, touch[name as keyof Touch])),
  ]
}

/** The last touch, and the first if it differs. */
export function touchSections({
  lastTouch,
  firstTouch,
}: SupportNoticeProps): { title: string; facts: Fact[] }[] {
  const last = touchFacts(lastTouch)
  const first = touchFacts(firstTouch)
  const differs = first.length > 0 && JSON.stringify(first) !== JSON.stringify(last)
  if (!differs) return [{ title: 'How they found us', facts: last }]
  return [
    { title: 'This visit', facts: last },
    { title: 'First visit', facts: first },
  ]
}

const MAX_EVENTS = 10

/** The ten newest events first, because Gmail cuts mails at 102 kB. `earlier` counts the others. */
export function recentHistory({ history }: SupportNoticeProps) {
  const events = [...history].sort((a, b) => b.at.getTime() - a.at.getTime())
  return { events: events.slice(0, MAX_EVENTS), earlier: Math.max(0, events.length - MAX_EVENTS) }
}

const HONORIFIC = /^(?:dr|mr|mrs|ms|mx|prof)\.?$/i
const GIVEN_NAME = /^\p{L}[\p{L}\p{M}'’-]{0,39}$/u

/**
 * "Jane" of "Dr. Jane Whitfield"; "them" if that is unclear ("Whitfield, Jane") or not a name: it becomes part of a
 * sentence of the mail, which a stranger must not be able to extend.
 */
export function givenName(name = ''): string {
  const first = name
    .trim()
    .split(/\s+/)
    .find((word) => !HONORIFIC.test(word))
  return first && GIVEN_NAME.test(first) ? first : 'them'
}
