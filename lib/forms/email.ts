import { addressIn } from '#lib/forms/email-text'
import { site } from '#lib/site'

/**
 * Email addresses: which are accepted, and the forms in which they are stored. Lengths as in RFC 5321 §4.5.3.1 (local
 * part 64 octets, path 254). Quoted local parts, domain literals, and `!` and `%` routes are valid by the standard but in
 * practice only seen in attacks, so they are rejected.
 */
const LOCAL = /^[a-z0-9_](?:[a-z0-9_'+.&=~-]*[a-z0-9_'+&=~-])?$/i
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const TLD = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/
/** Other texts are refused unread. In UTF-16 code units. */
const [MIN_TEXT, MAX_TEXT] = [3, 2540]

type EmailAddress = {
  /** As typed, without what was pasted around or into it. */
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
  if (input.length < MIN_TEXT || input.length > MAX_TEXT) return undefined
  const typed = addressIn(input)
  if (!typed || typed.length > 254) return undefined
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

/**
 * Why an address is refused; undefined if mail can be sent to it. Letters beyond ASCII before the @ need SMTPUTF8 (RFC 6531)
 * from every server on the way, so they are refused by name (`lib/DECISIONS.md`).
 */
export function emailFault(input: string): string | undefined {
  if (parseEmail(input)) return undefined
  const typed = addressIn(input.slice(0, MAX_TEXT)) ?? ''
  const at = typed.lastIndexOf('@')
  const [letter] = /[^\0-\x7F]/u.exec(typed.slice(0, at)) ?? []
  return letter && parseEmail(`x${typed.slice(at)}`)
    ? `We can’t send email to an address with “${letter}” before the @. Enter another address, or call ${site.phone}.`
    : 'Enter one email address, such as name@example.com.'
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
