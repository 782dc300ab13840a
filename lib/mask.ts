/** The most of a foreign text that enters a log, in UTF-16 code units. */
const MOST = 300

// Matches every run of letters, with or without a domain: looking for an `@` from each letter takes quadratic time.
const MAYBE_ADDRESS = /([\p{L}\p{N}_'+.&=~-]+)(@[\p{L}\p{N}.-]+)?/gu

/**
 * `jane@example.com` → `j***@example.com`, wherever it stands in a text. Cut before the search; a word that the cut
 * went through is dropped, as it may be half an address.
 */
export function maskEmail(text: string): string {
  const part = text.length > MOST ? `${wholeWords(text.slice(0, MOST))}…` : text
  return part.replace(MAYBE_ADDRESS, (run: string, local: string, domain?: string) =>
    domain ? `${String.fromCodePoint(local.codePointAt(0) ?? 0)}***${domain}` : run,
  )
}

function wholeWords(part: string): string {
  return part.slice(0, Math.max(...[' ', '\n', '\t'].map((blank) => part.lastIndexOf(blank))) + 1)
}
