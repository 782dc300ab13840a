/**
 * Email addresses: which are accepted, and the forms in which they are stored. Lengths as in RFC 5321 §4.5.3.1 (local
 * part 64 octets, path 254). Quoted local parts, domain literals, and `!` and `%` routes are valid by the standard but in
 * practice only seen in attacks, so they are rejected.
 */
const LOCAL = /^[a-z0-9_](?:[a-z0-9_'+.&=~-]*[a-z0-9_'+&=~-])?$/i
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const TLD = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/

type EmailAddress = {
  /** As typed, trimmed. */
  typed: string
  /** With the domain in lower-case ASCII, for the SMTP envelope. */
  address: string
  /** Identifies a lead: lower-case; for Gmail without dots and tag. */
  canonical: string
  /**
   * Key for mail limits: `canonical` without a `+tag` at any domain. Too coarse to identify a person, because some
   * domains give each tag to somebody else.
   */
  mailbox: string
}

/** Parses an address; undefined if no mail could be sent to it. */
export function parseEmail(input: string): EmailAddress | undefined {
  const typed = input.trim()
  if (typed.length > 254) return undefined
  const at = typed.lastIndexOf('@')
  const local = typed.slice(0, at)
  if (at < 1 || local.length > 64 || !LOCAL.test(local) || local.includes('..')) return undefined
  const domain = asciiDomain(typed.slice(at + 1))
  if (!domain) return undefined
  const address = `${local}@${domain}`
  if (address.length > 254) return undefined
  const lower = local.toLowerCase()
  const [untagged = ''] = lower.split('+', 1)
  if (domain !== 'gmail.com' && domain !== 'googlemail.com')
    return { typed, address, canonical: `${lower}@${domain}`, mailbox: `${untagged}@${domain}` }
  // Gmail ignores dots and everything after a plus.
  const canonical = `${untagged.replaceAll('.', '')}@gmail.com`
  return { typed, address, canonical, mailbox: canonical }
}

/** The domain in lower-case IDNA ASCII (UTS 46, as in browsers), or undefined. */
function asciiDomain(domain: string): string | undefined {
  // Rejects characters that the URL parser would not treat as part of the host.
  if (domain.length > 253 || /[\s/\\?#@:%[\]|<>^]/.test(domain)) return undefined
  const address = `http://${domain}/`
  const host = URL.canParse(address) ? new URL(address).hostname : ''
  if (host.length > 253) return undefined
  const labels = host.split('.')
  const tld = labels.at(-1) ?? ''
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && TLD.test(tld) ? host : undefined
}

const KNOWN_DOMAINS = [
  'gmail.com',
  'yahoo.com',
  'hotmail.com',
  'outlook.com',
  // Listed, so that it is not suggested as a typo of gmail.com.
  'mail.com',
  'ymail.com',
  'gmx.com',
  'icloud.com',
  'aol.com',
  'comcast.net',
  'live.com',
  'msn.com',
  'att.net',
  'verizon.net',
  'sbcglobal.net',
  'proton.me',
]

/** A likely correction (“pat@gmial.com” → “pat@gmail.com”). Only a suggestion: it may be somebody's own domain. */
export function suggestEmail(input: string): string | undefined {
  const typed = input.trim()
  const at = typed.lastIndexOf('@')
  const domain = typed.slice(at + 1).toLowerCase()
  if (at < 1 || domain.length < 5 || domain.length > 20 || KNOWN_DOMAINS.includes(domain)) return undefined
  const match = KNOWN_DOMAINS.find((known) => isOneTypoAway(domain, known))
  return match && `${typed.slice(0, at)}@${match}`
}

/** One letter missing, added or wrong, or two adjacent letters swapped. */
function isOneTypoAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  const longestSuffix = Math.min(a.length, b.length) - start
  while (end < longestSuffix && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const restA = a.slice(start, a.length - end)
  const restB = b.slice(start, b.length - end)
  if (restA.length <= 1 && restB.length <= 1) return true
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
}
