/** Invisible characters:. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/gu

// Zero-width joiner and variation selector within an emoji ("health worker" is woman, joiner, staff) hide nothing.
const EMOJI_JOINT =
  /(?<=\p{Extended_Pictographic})\uFE0F|(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic})/uy

function isEmojiJoint(text: string, at: number): boolean {
  EMOJI_JOINT.lastIndex = at
  return EMOJI_JOINT.test(text)
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

function markOf(character: string): string {
  const hex = character.codePointAt(0)?.toString(16).toUpperCase() ?? ''
  return `⟦U+${hex.padStart(4, '0')}⟧`
}

/**
 * What a visitor typed, with every character that cannot be seen as a mark such as ⟦U+202E⟧. Line breaks
 * (CRLF too, as HTML forms send them) become `\n` and stay, and so do tabs.
 */
export function showMarks(typed: string): string {
  return typed
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, (found: string, at: number, text: string) =>
      found === '\n' || found === '\t' || isEmojiJoint(text, at) ? found : markOf(found),
    )
}

/**
 * As showMarks, for text on one line: with a line break, or spaces up to the margin, a name could look like a line of
 * ours.
 */
export function showLine(typed: string): string {
  return showMarks(typed)
    .replace(/[\n\t]/g, markOf)
    .replace(/\s+/g, ' ')
}

/**
 * One line for a header or an inbox's preview: breaks and controls become spaces (RFC 5322 §2.2: a bare CR or
 * LF would begin another header), other unseen characters go, and it is cut at `most` UTF-16 units
 * between whole letters, never inside an emoji.
 */
export function oneLine(text: string, most = 120): string {
  const clean = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (clean.length <= most) return clean
  let cut = ''
  for (const { segment } of graphemes.segment(clean)) {
    if (cut.length + segment.length > most - 1) break
    cut += segment
  }
  return `${cut.trimEnd()}…`
}
