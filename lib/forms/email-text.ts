import { toPlainText } from '#lib/forms/typed-text'

/** What sentences, lists and mail programs put around an address. */
const AROUND = /^[\s"“”„'‘’«»()[\]<>,;:!?]$/
const NAMED = /^([^<>]*)<([^<>]*)>[\s.,;]*$/
const WHOLE = /^[^@]+@[^@]+\.[^@.]{2,}$/

/**
 * The address in a typed or pasted text: full-width letters are ASCII, and invisible characters, white space, `mailto:`,
 * and a name with brackets go. Undefined where it is unclear which part is the address.
 */
export function addressIn(input: string): string | undefined {
  const text = toPlainText(input).replace(/[‘’ʼ]/g, "'").replaceAll('。', '.')
  const [, name = '', inner] = NAMED.exec(text) ?? []
  const address = bare(inner ?? text)
  // "a@b.example <mailto:a@b.example>" names it twice; another address would be a second one.
  if (name.includes('@') && bare(name) !== address) return undefined
  return hasOtherWords(address) ? undefined : address.replace(/\s/g, '')
}

/** Without what is around it, `mailto:`, and the headers that a mailto link may have (RFC 6068). */
function bare(text: string): string {
  const trimmed = withoutEnds(text)
  const [scheme = ''] = /^(?:mailto|e-?mail):/i.exec(trimmed) ?? []
  const [address = ''] = scheme ? trimmed.slice(scheme.length).split('?', 1) : [trimmed]
  return withoutEnds(address)
}

function withoutEnds(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && AROUND.test(text[start] ?? '')) start++
  while (start < end && (text[end - 1] === '.' || AROUND.test(text[end - 1] ?? ''))) end--
  return text.slice(start, end)
}

/**
 * "Jane jane@b.com", "jane@b.com work": without the spaces, it would be another address. A space is a slip where it stands
 * beside the @ or before a dot of the domain, or where the address is not whole without what follows: "jane@exam ple.com".
 */
function hasOtherWords(text: string): boolean {
  const parts = text.replace(/ ?@ ?/g, '@').split(' ')
  const isEnd = (next: string, at: number) =>
    at > 0 && !next.startsWith('.') && WHOLE.test(withoutEnds(parts.slice(0, at).join('')))
  return parts.length > 1 && (!parts[0]?.includes('@') || parts.some(isEnd))
}
