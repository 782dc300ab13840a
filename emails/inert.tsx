import { Fragment } from 'react'
import { markInvisible } from '#emails/invisible-characters'

/**
 * Untrusted text for HTML: escaped by React, invisible characters shown as marks, line breaks kept, and nothing that a
 * mail client turns into a link.
 *
 * Mail clients auto-link "evil.example", so a mail from our own system would show a stranger's link. A word joiner at each
 * dot would prevent it, but is copied along and breaks pasted addresses. A `<span>` around the dot prevents it too, and
 * copying gives exactly what was typed. The text part stays verbatim: a link made there shows its full target.
 */
export function Inert({ text }: { text: string }) {
  const lines = Object.entries(markInvisible(text).split('\n'))
  return (
    // Isolated, so that Hebrew or Arabic does not reorder our words around it.
    <span dir="auto">
      {lines.map(([at, line]) => (
        <Fragment key={at}>
          {at !== '0' && <br />}
          {withoutLinks(line)}
        </Fragment>
      ))}
    </span>
  )
}

function withoutLinks(line: string) {
  const parts = line.split(/(\.|:\/\/|@)/)
  if (parts.length === 1) return line
  // Odd entries are the separators.
  return Object.entries(parts).map(([at, part]) => (Number(at) % 2 ? <span key={at}>{part}</span> : part))
}
