import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { readConfig } from '#lib/config'

/** What a token is for: one for watching the demo never confirms a trial. */
export type Purpose = 'visitor' | 'watch' | 'trial-confirm' | 'trial-code' | 'unsubscribe' | 'address'

/** What is longer than this, in UTF-16 code units, is no token of ours. */
export const LONGEST_TOKEN = 300
const SEPARATOR = '.'

/**
 * A token that opens one thing for whoever holds it: the id and 192 bits of HMAC-SHA256 over purpose
 * and id. It is computed again where a mail is composed, so no table holds one.
 */
export function signToken(purpose: Purpose, id: string): string {
  return `${id}${SEPARATOR}${mac(purpose, id)}`
}

/** The id inside a token that we signed for this purpose; undefined for anything else. */
export function openToken(purpose: Purpose, token: string | undefined): string | undefined {
  if (!token || token.length > LONGEST_TOKEN) return undefined
  const cut = token.lastIndexOf(SEPARATOR)
  const id = token.slice(0, cut)
  const given = Buffer.from(token.slice(cut + 1))
  const expected = Buffer.from(mac(purpose, id))
  // Compared in constant time: the time of a refusal must not tell how much of a guess was right.
  return cut > 0 && given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined
}

/** What a table keeps of a token: of no use to whoever reads the table. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** A name for somebody's network address that can be counted by and not read back. */
export function pseudonym(text: string): string {
  return mac('address', text).slice(0, 22)
}

/** 64 bits that only we can compute: what a short code is made of. */
export function deriveNumber(purpose: Purpose, id: string): bigint {
  return hmac(purpose, id).readBigUInt64BE()
}

function mac(purpose: Purpose, id: string): string {
  return hmac(purpose, id).toString('base64url').slice(0, 32)
}

function hmac(purpose: Purpose, id: string): Buffer {
  const secret = readConfig().appSecret
  if (!secret) throw new Error('APP_SECRET is not set in this process')
  return createHmac('sha256', secret).update(`${purpose}\n${id}`).digest()
}
