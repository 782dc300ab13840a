import { toPlainText } from '#lib/forms/typed-text'

/** What sentences, lists and mail programs put around an address. */
const AROUND = /^[\s"“”„'‘’«»()[\]<>,;:!?]$/
const NAMED = /^([^<>]*)<([^<>]*)>[\s.,;]*$/
const WORD = /^\p{L}[\p{L}\p{M}’'.-]+$/u

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

/** "Jane Roe jane@b.example", "jane@b.com work": without the spaces, it would be another address. */
function hasOtherWords(text: string): boolean {
  const parts = text.split(' ')
  const at = parts.findIndex((part) => /^[^@]+@[^@]+\.[a-z]{2,}$/i.test(part))
  const words = parts.filter((part, index) => index !== at && WORD.test(part))
  return (
    at >= 0 &&
    (words.length > 1 || (words.length > 0 && /\.(?:com|net|org)$/i.test(parts[at] ?? '') && at === 0))
  )
}
