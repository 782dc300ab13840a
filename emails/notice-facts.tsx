import { momentIn } from '#emails/moment'
import type { Site } from '#emails/template'

/** Attribution. The visitor's browser sends it, so it is only a hint, and inert like a message. */
export type Touch = {
  utm_source?: string
  utm_medium?: string
  utm_campaign?: string
  utm_term?: string
  utm_content?: string
  gclid?: string
  referrer?: string
  landing_page?: string
}

/** An answer from the form, labelled as the form's declaration says. */
export type Answer = {
  kind: 'line' | 'email' | 'phone' | 'choice' | 'text' | 'consent'
  label: string
  value: string
  /** Of a telephone number; absent where none could be read. */
  e164?: string
  note?: string
}

export type SupportNoticeProps = {
  /** What this is about: "Demo request". */
  title: string
  reference: string
  receivedAt: Date
  /** Who wrote, the most telling first: name and practice, or the address alone. */
  who: string[]
  /** What else was answered. Answers of kind `text` are quoted, the others stand in a table. */
  answers: Answer[]
  /** Sentences for support: "This may be spam: …". */
  warnings: string[]
  lastTouch?: Touch
  firstTouch?: Touch
  history: { at: Date; what: string; reference?: string }[]
  deskUrl?: string
  /** For a trial: its length, and its dates once it has started. */
  trial?: { days: number; startsAt?: Date; endsAt?: Date }
  site?: Site
}

/** One line of the notice, used by HTML and plain text. */
export type Fact = { label: string; value: string; href?: string; note?: string }

/** The lead's contact details and other fields; who they are is at the top of the notice. */
export function contactFacts({ answers, trial, receivedAt }: SupportNoticeProps): Fact[] {
  return [
    ...answers.filter(({ kind }) => kind !== 'text').map(answerFact),
    ...trialFacts(trial),
    { label: 'Received', value: momentIn('california', receivedAt), note: momentIn('utc', receivedAt) },
  ]
}

/** The answers of several lines, each quoted under its label. */
export function longAnswers({ answers }: Pick<SupportNoticeProps, 'answers'>): Answer[] {
  return answers.filter(({ kind }) => kind === 'text')
}

function answerFact(answer: Answer): Fact {
  const { kind, label, value, note } = answer
  if (kind === 'phone') return phoneFact(answer)
  return { label, value, href: kind === 'email' ? mailHref(value) : undefined, note }
}

function phoneFact({ label, value, e164 }: Answer): Fact {
  // Only digits after "tel:": `;` and `,` would add parameters or extra dialing.
  const readable = e164 && /^\+[1-9]\d{6,14}$/.test(e164)
  if (!readable) return { label, value, note: 'As typed; no number could be read from it.' }
  return { label, value, href: `tel:${e164}`, note: `Dials ${e164}` }
}

/** Percent-encoded (RFC 6068): "?bcc=" within an address must not become a header of the answer. */
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
    { label: 'Started', value: momentIn('california', startsAt), note: momentIn('utc', startsAt) },
    { label: 'Ends', value: momentIn('california', endsAt), note: momentIn('utc', endsAt) },
  ]
}

function factIf(label: string, value?: string | number | false): Fact[] {
  return value ? [{ label, value: String(value) }] : []
}

const MOST_OF_A_TOUCH = 100

// Sixteen values of 200 invisible characters would exceed Gmail's limit. The database keeps them whole.
function touchFact(label: string, value?: string): Fact[] {
  const letters = [...(value ?? '')]
  const cut = letters.length > MOST_OF_A_TOUCH
  return factIf(label, cut ? `${letters.slice(0, MOST_OF_A_TOUCH).join('')}…` : value)
}

export function touchFacts(touch: Touch = {}): Fact[] {
  return [
    ...touchFact('Source', [touch.utm_source, touch.utm_medium].filter(Boolean).join(' / ')),
    ...touchFact('Campaign', touch.utm_campaign),
    ...touchFact('Search', touch.utm_term),
    ...touchFact('Content', touch.utm_content),
    ...touchFact('Referrer', touch.referrer),
    ...touchFact('Page', touch.landing_page),
    ...touchFact('Google click', touch.gclid),
  ]
}

/** The last touch, and the first where it differs. */
export function arrivals({ lastTouch, firstTouch }: SupportNoticeProps): { title: string; facts: Fact[] }[] {
  const last = touchFacts(lastTouch)
  const first = touchFacts(firstTouch)
  const differs = first.length > 0 && JSON.stringify(first) !== JSON.stringify(last)
  if (!differs) return [{ title: 'How they found us', facts: last }]
  return [
    { title: 'This visit', facts: last },
    { title: 'First visit', facts: first },
  ]
}

const MOST_EVENTS = 10

/** Newest first, ten at most: a mail over 102 kB is cut off by Gmail. `earlier` counts the others. */
export function recentHistory({ history }: SupportNoticeProps) {
  const events = [...history].sort((a, b) => b.at.getTime() - a.at.getTime())
  return { events: events.slice(0, MOST_EVENTS), earlier: Math.max(0, events.length - MOST_EVENTS) }
}

const HONORIFIC = /^(?:dr|mr|mrs|ms|mx|prof)\.?$/i
const GIVEN_NAME = /^\p{L}[\p{L}\p{M}'’-]{0,39}$/u

/**
 * "Jane" of "Dr. Jane Whitfield"; "them" where it can't be told ("Whitfield, Jane") or is no name: it is
 * part of a sentence of ours, which a stranger must not be able to continue.
 */
export function givenName(name = ''): string {
  const first = name
    .trim()
    .split(/\s+/)
    .find((word) => !HONORIFIC.test(word))
  return first && GIVEN_NAME.test(first) ? first : 'them'
}
