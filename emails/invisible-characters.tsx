/**
 * Invisible characters: Unicode's control, format, separator, surrogate and private-use categories, what fonts may omit
 * (zero-width joiners, fillers), and the blank Braille cell. Among them, a bidi override makes "exe.gpj" look like
 * "jpg.exe", and a zero-width space hides a word from a search.
 */
const INVISIBLE =
  /\u{1F3F4}[\u{E0030}-\u{E007A}]{3,6}\u{E007F}|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/gu

/**
 * Invisible characters that shape what is visible beside them, and so hide nothing: joiners within an emoji, and within a
 * word of a script that needs them (Persian, Hindi, Malayalam …); the selectors of emoji, ideographs and Mongolian letters;
 * the word space of Khmer, Thai, Lao and Burmese.
 */
const SHAPING = [
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic})/uy,
  /(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]|(?<=[\d#*])\uFE0F(?=\u20E3)/uy,
  /(?<=\p{Script=Han})[\uFE00-\uFE02\u{E0100}-\u{E01EF}]|(?<=\p{Script=Mongolian})[\u180B-\u180D\u180F]/uy,
  /(?<=[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mand}\p{scx=Nkoo}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Mong}])(?<=[\p{L}\p{M}])(?<!\p{DI})[\u200C\u200D](?=[\p{L}\p{M}])/uy,
  /(?<=[\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}])(?<=[\p{L}\p{M}])(?<!\p{DI})[\u200C\u200D](?=[\p{L}\p{M}])/uy,
  /(?<=[\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}])(?<=[\p{L}\p{M}])(?<!\p{DI})[\u200C\u200D](?=[\p{L}\p{M}])/uy,
  // The space between words of scripts that write none (UAX #14, ZW).
  /(?<=[\p{scx=Khmr}\p{scx=Thai}\p{scx=Laoo}\p{scx=Mymr}])(?<=[\p{L}\p{M}])(?<!\p{DI})\u200B(?=[\p{L}\p{M}])(?=[\p{scx=Khmr}\p{scx=Thai}\p{scx=Laoo}\p{scx=Mymr}])/uy,
  // The old spelling of a consonant at the end of a word, such as Malayalam's.
  /(?<=[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA])[\u200C\u200D]/uy,
]

/** Whether a match of INVISIBLE is a flag such as Scotland's, or shapes what is beside it. */
function isShaping(found: string, at: number, text: string): boolean {
  if (found.startsWith('\u{1F3F4}')) return true
  return SHAPING.some((pattern) => {
    pattern.lastIndex = at
    return pattern.test(text)
  })
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
      found === '\n' || found === '\t' || isShaping(found, at, text) ? found : markOf(found),
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
 * another header (RFC 5322 §2.2); other invisible characters are removed, unless they shape a word or an emoji; and it is
 * cut at `max` UTF-16 units between graphemes, never inside an emoji.
 */
export function oneLine(text: string, max = 120): string {
  const clean = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(INVISIBLE, (found: string, at: number, whole: string) =>
      isShaping(found, at, whole) ? found : '',
    )
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
