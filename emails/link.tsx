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
 * A URL that ends in a letter or digit, because mail programs leave out punctuation at the end of a link in plain text. An
 * empty fragment, query or parameter goes; another character is percent-encoded, which means the same (RFC 3986 §6.2.2.2).
 * A path's last slash stays, because "/in" and "/in/" may be two pages, and mail programs keep it; and in a fragment
 * `/?#&+`, which scripts read undecoded.
 */
export function linkForText(url: string): string {
  const [rest, last] = [url.slice(0, -1), url.slice(-1)]
  const inFragment = rest.includes('#')
  const inQuery = !inFragment && rest.includes('?')
  const isEmptyPart =
    last === '&' ? inQuery : last === '#' ? !inFragment : last === '?' && !inQuery && !inFragment
  if (isEmptyPart) return linkForText(rest)
  // A space, in a query.
  if (last === '+' && inQuery) return `${rest}%20`
  const kept = inFragment ? /[A-Za-z0-9/?#&+]/ : inQuery ? /[A-Za-z0-9]/ : /[A-Za-z0-9/]/
  return kept.test(last) ? url : rest + percent(last)
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
