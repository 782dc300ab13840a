import { footText } from '#emails/layout'
import { showLine } from '#emails/marks'
import { momentIn } from '#emails/moment'
import {
  arrivals,
  contactFacts,
  type Fact,
  givenName,
  nouns,
  recentHistory,
  type SupportNoticeProps,
} from '#emails/notice-facts'
import { hang, paragraphs, quote, titled, wrap } from '#emails/prose'

export const noticeReason =
  'Sent by the forms of the TrackStat site. A reply goes to the person, not to the site.'
export const noTrace = 'Nothing is known: the address was typed in, or the browser did not say.'

/** Support's notice as plain text, in the order of the HTML. */
export function noticeText(props: SupportNoticeProps): string {
  return paragraphs([
    `${props.headline ?? nouns[props.form]} · ${props.reference}`,
    [props.name, props.role, props.company]
      .filter((value) => value !== undefined)
      .map(showLine)
      .map((line) => wrap(line, '  '))
      .join('\n'),
    props.warnings.map((warning) => wrap(showLine(warning), '! ')).join('\n'),
    `Press Reply to answer ${givenName(props.name)}.`,
    props.message ? titled('Message', quote(props.message)) : undefined,
    titled('Contact', factLines(contactFacts(props))),
    ...arrivals(props).map(({ title, facts }) => titled(title, facts.length ? factLines(facts) : noTrace)),
    historyText(props),
    props.deskUrl && `Open it at the support desk:\n${props.deskUrl}`,
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
  if (events.length === 0) return titled('Before this', 'Nothing: this is the first we hear of them.')
  const lines = events.map(({ at, what, reference }) => {
    const tail = reference ? ` (${showLine(reference)})` : ''
    return `${momentIn('california', at)}\n${wrap(`${showLine(what)}${tail}`, '  ')}`
  })
  return titled('Before this', [...lines, ...(earlier ? [`and ${earlier} earlier`] : [])].join('\n'))
}
