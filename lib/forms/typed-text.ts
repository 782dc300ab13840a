/**
 * Cleans typed and pasted text before it is judged, in browser and server alike, so that a form is judged the same with and
 * without script.
 */

// A form sends CR LF where its textarea had LF. Word processors use VT and FF, and others NEL, LS and PS.
const LINE_END = /\r\n|[\r\v\f\u0085\u2028\u2029]/g
/** White space, format characters, and fillers that are drawn as nothing. */
const BLANK = /^(?:[\s\p{Cf}\u115F\u1160\u2800\u3164\uFFA0]|\u034F)$/u
// The end of a flag such as Scotland's, and a joiner after a virama, which Malayalam writes at the end of a word.
const VISIBLE_END =
  /(?:[\u{E0020}-\u{E007E}]\u{E007F}|[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA]\u200D)$/u

/** Line ends become `\n`, and what is blank at both ends goes. */
export function cleanText(typed: string): string {
  const letters = [...typed.replace(LINE_END, '\n')]
  const isBlank = (at: number) => BLANK.test(letters[at] ?? '')
  let [start, end] = [0, letters.length]
  while (start < end && isBlank(start)) start++
  while (start < end && isBlank(end - 1) && !VISIBLE_END.test(letters.slice(end - 2, end).join(''))) end--
  return letters.slice(start, end).join('')
}

/**
 * Text in plain letters: full-width forms, dashes and digits of any script become ASCII, white space becomes a space, and
 * format characters go. For telephone numbers, codes and email addresses.
 */
export function toPlainText(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Pd}\u2043\u2212\u2796\u02D7]/gu, '-')
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/\s+/g, ' ')
    .trim()
}

/** The value of a decimal digit: in each script, 0 to 9 are next to each other in Unicode. */
function digitOf(digit: string): string {
  let before = 0
  for (let code = (digit.codePointAt(0) ?? 0) - 1; /\p{Nd}/u.test(String.fromCodePoint(code)); code--)
    before++
  return String(before % 10)
}

/** A code from a mail, in capitals: only its letters and digits count. */
export function toPlainCode(typed: string): string {
  return toPlainText(typed)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
}

// PostgreSQL rejects NUL and lone surrogates; other control characters are never typed.
const CONTROL = /(?![\t\n])[\p{Cc}\p{Cs}]/u

/** Why a cleaned text is refused: where its first control character is. Undefined if there is none. */
export function controlFault(text: string): string | undefined {
  const at = text.search(CONTROL)
  if (at < 0) return undefined
  const code = text.codePointAt(at)?.toString(16).toUpperCase().padStart(4, '0')
  const before = [...text.slice(0, at)].slice(-12).join('').trim()
  const place = before ? `after “${before}”` : 'at the start'
  return `There is a hidden control character (U+${code}) ${place}. Delete it, or type this part again.`
}
