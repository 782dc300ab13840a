import { showMarks } from '#emails/marks'

/** Plain text by hand: RFC 3676's customary 72 columns, and nothing that a proportional font would break. */
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

/** Text behind a lead such as "1. ", its further lines set in below the first. */
export function hang(lead: string, text: string): string {
  return `${lead}${wrap(text, ' '.repeat(lead.length)).slice(lead.length)}`
}

/**
 * A visitor's message, marked as quoted on every line, those that are wrapped too: whatever it says, and
 * however many spaces it is padded with, none of it can pass for a line of ours.
 */
export function quote(message: string): string {
  const lines = showMarks(message).split('\n')
  return lines.map((line) => wrap(line, '> ')).join('\n')
}

/** A heading and what stands below it. */
export function titled(title: string, body: string): string {
  return `${title.toUpperCase()}\n${body}`
}

/** Paragraphs with an empty line between them; those that are absent leave no gap. */
export function paragraphs(parts: (string | false | undefined)[]): string {
  return `${parts.filter(Boolean).join('\n\n')}\n`
}
