/**
 * A `mailto:` link (RFC 6068). Everything is percent-encoded, so that "?bcc=" within an address can't become a header of
 * the new mail, and a name with quotes or brackets does not end the link in plain text.
 */
export function mailto(address: string, subject?: string): string {
  const encoded = encode(address)
  const at = encoded.lastIndexOf('%40')
  const to = at < 0 ? encoded : `${encoded.slice(0, at)}@${encoded.slice(at + 3)}`
  // Dots too, so that no client makes a link of a domain in the subject.
  const query = subject === undefined ? '' : `?subject=${encode(subject).replaceAll('.', percent)}`
  return linkForText(`mailto:${to}${query}`)
}

/** RFC 3986 §2.2 reserves `!'()*`, which encodeURIComponent leaves. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, percent)
}

/**
 * A URL that ends in a letter or digit, because mail programs leave out punctuation at the end of a link in plain text. The
 * encoded character means the same (RFC 3986 §6.2.2.2). A slash stays: mail programs keep it, and it has a meaning.
 */
export function linkForText(url: string): string {
  return url.replace(/[^A-Za-z0-9/?#&+]$/, percent)
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
