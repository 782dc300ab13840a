import { footText } from '#emails/layout'
import { showLine } from '#emails/marks'
import { momentIn } from '#emails/moment'
import {
  arrivals,
  contactFacts,
  type Fact,
  givenName,
  longAnswers,
  recentHistory,
  type SupportNoticeProps,
} from '#emails/notice-facts'
import { hang, paragraphs, quote, titled, wrap } from '#emails/prose'

export const noticeReason = 'Sent by TrackStat’s website forms. Your reply goes to the person who wrote.'
export const noTrace = 'Unknown: they typed the address, or their browser didn’t say.'
export const noHistory = 'None. This is their first contact.'

/** Support's notice as plain text, in the order of the HTML. */
export function noticeText(props: SupportNoticeProps): string {
  return paragraphs([
    `${props.title} · ${props.reference}`,
    props.who
      .map(showLine)
      .map((line) => wrap(line, '  '))
      .join('\n'),
    props.warnings.map((warning) => wrap(showLine(warning), '! ')).join('\n'),
    `Reply to this email to answer ${givenName(props.who[0])}.`,
    ...longAnswers(props).map(({ label, value }) => titled(label, quote(value))),
    titled('Contact', factLines(contactFacts(props))),
    ...arrivals(props).map(({ title, facts }) => titled(title, facts.length ? factLines(facts) : noTrace)),
    historyText(props),
    props.deskUrl && `Open in the support desk:\n${props.deskUrl}`,
    footText(wrap(noticeReason), props.site),
  ])
}

function factLines(facts: Fact[]): string {
  const width = Math.max(...facts.map(({ label }) => label.length)) + 2
  const gap = ' '.repeat(width)
  return facts
    .map(({ label, value, note }) => {
      const line = hang(`${label}:`.padEnd(width), showLine(value))
      return note ? `${line}\n${gap}${note}` : line
    })
    .join('\n')
}

function historyText(props: SupportNoticeProps): string {
  const { events, earlier } = recentHistory(props)
  if (events.length === 0) return titled('Earlier activity', noHistory)
  const lines = events.map(({ at, what, reference }) => {
    const tail = reference ? ` (${showLine(reference)})` : ''
    return `${momentIn('california', at)}\n${wrap(`${showLine(what)}${tail}`, '  ')}`
  })
  return titled('Earlier activity', [...lines, ...(earlier ? [`and ${earlier} earlier`] : [])].join('\n'))
}
