import { showMarks } from '#emails/marks'

/** Helpers for plain text: 72 columns (RFC 3676), and no layout that needs a monospaced font. */
const WIDTH = 72

/** Words on lines of at most 72 columns, each line behind `indent`; a word that is longer keeps a line of its own. */
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

/** Text after a lead such as "1. ", with a hanging indent. */
export function hang(lead: string, text: string): string {
  return `${lead}${wrap(text, ' '.repeat(lead.length)).slice(lead.length)}`
}

/**
 * A visitor's message with a quote mark on every line, wrapped ones too, so that none of it can look like a line of
 * ours.
 */
export function quote(message: string): string {
  const lines = showMarks(message).split('\n')
  return lines.map((line) => wrap(line, '> ')).join('\n')
}

/** A heading and the text below it. */
export function titled(title: string, body: string): string {
  return `${title.toUpperCase()}\n${body}`
}

/** Paragraphs with an empty line between them; those that are absent leave no gap. */
export function paragraphs(parts: (string | false | undefined)[]): string {
  return `${parts.filter(Boolean).join('\n\n')}\n`
}
