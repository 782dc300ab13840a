/** Length limit for text from outside in a log, in UTF-16 code units. */
const MAX_LENGTH = 300

// Matches words without a domain too: a pattern that requires the `@` would search from each letter, in quadratic time.
const MAYBE_ADDRESS = /([\p{L}\p{N}_'+.&=~-]+)(@[\p{L}\p{N}.-]+)?/gu

/**
 * Masks every address in a text: `jane@example.com` → `j***@example.com`. Text over the limit is cut first, and a word
 * that the cut divided is dropped, because it may be half an address.
 */
export function maskEmail(text: string): string {
  const part = text.length > MAX_LENGTH ? `${withoutLastWord(text.slice(0, MAX_LENGTH))}…` : text
  return part.replace(MAYBE_ADDRESS, (run: string, local: string, domain?: string) =>
    domain ? `${String.fromCodePoint(local.codePointAt(0) ?? 0)}***${domain}` : run,
  )
}

function withoutLastWord(part: string): string {
  return part.slice(0, Math.max(...[' ', '\n', '\t'].map((blank) => part.lastIndexOf(blank))) + 1)
}
