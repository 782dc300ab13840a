import { markInvisibleInLine } from '#emails/invisible-characters'
import { footerText } from '#emails/layout'
import {
  contactFacts,
  type Fact,
  longAnswers,
  recentHistory,
  replyTo,
  type SupportNoticeProps,
  touchSections,
} from '#emails/notice-facts'
import { hangingIndent, paragraphs, quote, textSection, wrap } from '#emails/plain-text'
import { formatTime } from '#emails/time'

export const noticeReason = 'Sent by TrackStat’s website forms.'
export const unknownSource = 'Unknown: they typed the address, or their browser didn’t say.'
export const noHistory = 'None. This is their first contact.'

/** Support's notice as plain text, in the order of the HTML. */
export function noticeText(props: SupportNoticeProps): string {
  const { label, href, hint } = replyTo(props)
  return paragraphs([
    `${props.title} · ${props.reference}`,
    props.who
      .map(markInvisibleInLine)
      .map((line) => wrap(line, '  '))
      .join('\n'),
    props.warnings.map((warning) => wrap(markInvisibleInLine(warning), '! ')).join('\n'),
    `${textSection(label, href)}\n${wrap(hint)}`,
    ...longAnswers(props).map(({ label, value }) => textSection(label, quote(value))),
    textSection('Contact', factLines(contactFacts(props))),
    ...touchSections(props).map(({ title, facts }) =>
      textSection(title, facts.length ? factLines(facts) : unknownSource),
    ),
    historyText(props),
    props.deskUrl && `Open in the support desk:\n${props.deskUrl}`,
    footerText(wrap(noticeReason), props.site),
  ])
}

function factLines(facts: Fact[]): string {
  const width = Math.max(...facts.map(({ label }) => label.length)) + 2
  const gap = ' '.repeat(width)
  return facts
    .map(({ label, value, note }) => {
      const line = hangingIndent(`${label}:`.padEnd(width), markInvisibleInLine(value))
      return note ? `${line}\n${gap}${note}` : line
    })
    .join('\n')
}

function historyText(props: SupportNoticeProps): string {
  const { events, earlier } = recentHistory(props)
  if (events.length === 0) return textSection('Earlier activity', noHistory)
  const lines = events.map(({ at, what, reference }) => {
    const tail = reference ? ` (${markInvisibleInLine(reference)})` : ''
    return `${formatTime('california', at)}\n${wrap(`${markInvisibleInLine(what)}${tail}`, '  ')}`
  })
  return textSection(
    'Earlier activity',
    [...lines, ...(earlier ? [`and ${earlier} earlier`] : [])].join('\n'),
  )
}
