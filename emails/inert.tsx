import { Fragment } from 'react'
import { showMarks } from '#emails/marks'

/**
 * Text that a stranger typed, for HTML: escaped by React, unseen characters as marks, line breaks kept, and
 * nothing in it that a mail client would turn into a link.
 *
 * Clients make links of "evil.example" by themselves; a support mailbox would then show, in a mail from its own
 * system, a stranger's link to tap. The usual cure is an invisible word joiner at each dot; it would travel with
 * what support copies, so that an address pasted from here fails, and it is the very kind of character that we
 * mark. An element around the dot breaks the pattern as well, and copying gives exactly what was typed.
 * The plain-text part has no such means and stays verbatim: a link made there shows all of where it goes.
 */
export function Inert({ text }: { text: string }) {
  const lines = Object.entries(showMarks(text).split('\n'))
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
  const parts = line.split(/(\.+(?=\S)|:\/\/|@+)/)
  if (parts.length === 1) return line
  // Every second part is what was split at.
  return Object.entries(parts).map(([at, part]) => (Number(at) % 2 ? <span key={at}>{part}</span> : part))
}
