import { markInvisible } from '#emails/invisible-characters'

/** Plain text is wrapped at 72 columns (RFC 3676) and has no layout that needs a monospaced font. */
const WIDTH = 72

/** Wraps at 72 columns, each line after `indent`. A longer word gets its own line. */
export function wrap(text: string, indent = ''): string {
  const lines: string[] = []
  let line: string | undefined
  for (const word of text.split(' ')) {
    const longer = line === undefined ? word : `${line} ${word}`
    if (line !== undefined && indent.length + longer.length > WIDTH) {
      lines.push(line)
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, line ?? ''].map((each) => `${indent}${each}`.trimEnd()).join('\n')
}

/** Wraps text after a marker such as "1. ", with a hanging indent. */
export function hangingIndent(marker: string, text: string): string {
  return `${marker}${wrap(text, ' '.repeat(marker.length)).slice(marker.length)}`
}

/**
 * A visitor's message with a quote mark on every line, wrapped ones too, so that none can imitate a line of the mail.
 */
export function quote(message: string): string {
  const lines = markInvisible(message).split('\n')
  return lines.map((line) => wrap(line, '> ')).join('\n')
}

/** A heading and the text below it. */
export function textSection(title: string, body: string): string {
  return `${title.toUpperCase()}\n${body}`
}

/** Joins paragraphs with an empty line between them, skipping absent ones. */
export function paragraphs(parts: (string | false | undefined)[]): string {
  return `${parts.filter(Boolean).join('\n\n')}\n`
}
