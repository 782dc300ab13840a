/**
 * Invisible characters: Unicode's control, format, separator, surrogate and private-use categories, what fonts may omit
 * (zero-width joiners, fillers), and the blank Braille cell. Among them, a bidi override makes "exe.gpj" look like
 * "jpg.exe", and a zero-width space hides a word from a search.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/gu

// A zero-width joiner or variation selector within an emoji hides nothing ("health worker" is woman, joiner, staff).
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
 * Text with each invisible character shown as a mark such as ⟦U+202E⟧. Tabs stay, and line breaks (CRLF too, as HTML
 * forms send them) become `\n`.
 */
export function markInvisible(typed: string): string {
  return typed
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, (found: string, at: number, text: string) =>
      found === '\n' || found === '\t' || isEmojiJoint(text, at) ? found : markOf(found),
    )
}

/**
 * `markInvisible` for text on one line: with line breaks, or spaces up to the margin, a name could imitate a line of the
 * mail.
 */
export function markInvisibleInLine(typed: string): string {
  return markInvisible(typed)
    .replace(/[\n\t]/g, markOf)
    .replace(/\s+/g, ' ')
}

/**
 * One line for a header or an inbox's preview. Breaks and controls become spaces, because a bare CR or LF would start
 * another header (RFC 5322 §2.2); other invisible characters are removed; and it is cut at `max` UTF-16 units between
 * graphemes, never inside an emoji.
 */
export function oneLine(text: string, max = 120): string {
  const clean = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (clean.length <= max) return clean
  let cut = ''
  for (const { segment } of graphemes.segment(clean)) {
    if (cut.length + segment.length > max - 1) break
    cut += segment
  }
  return `${cut.trimEnd()}…`
}
