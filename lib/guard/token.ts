import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { readConfig } from '#lib/config'

/** The purpose of a token, which is valid for this purpose only. */
export type Purpose = 'visitor' | 'watch' | 'trial-confirm' | 'trial-code' | 'unsubscribe' | 'address'

/** Longer texts are rejected without checking. In UTF-16 code units. A visitor's cookie takes 200 and 50 for each form. */
export const MAX_TOKEN_LENGTH = 1000
const SEPARATOR = '.'

/**
 * A bearer token: the id, and 192 bits of HMAC-SHA256. Recomputed for each mail, so that no table stores it. In hexadecimal,
 * because mail programs leave out a `-` or `_` at the end of a link.
 */
export function signToken(purpose: Purpose, id: string): string {
  return `${id}${SEPARATOR}${mac(purpose, id)}`
}

/** The id in a token of this purpose; undefined where the signature is wrong. */
export function verifyToken(purpose: Purpose, token: string | undefined): string | undefined {
  if (!token || token.length > MAX_TOKEN_LENGTH) return undefined
  const cut = token.lastIndexOf(SEPARATOR)
  const id = token.slice(0, cut)
  const given = Buffer.from(token.slice(cut + 1))
  const expected = Buffer.from(mac(purpose, id))
  // Constant time, so that the response time does not reveal how much of a guess was right.
  return cut > 0 && given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined
}

/** The hash of a token, stored in its place: it can't be used as a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** A keyed hash of a network or mailbox, for counting. Can't be reversed without APP_SECRET. */
export function pseudonym(text: string): string {
  return hmac('address', text).toString('base64url').slice(0, 22)
}

/** 64 bits of HMAC-SHA256, to derive a short code from. */
export function deriveNumber(purpose: Purpose, id: string): bigint {
  return hmac(purpose, id).readBigUInt64BE()
}

function mac(purpose: Purpose, id: string): string {
  return hmac(purpose, id).toString('hex').slice(0, 48)
}

function hmac(purpose: Purpose, id: string): Buffer {
  const secret = readConfig().appSecret
  if (!secret) throw new Error('APP_SECRET is not set in this process')
  return createHmac('sha256', secret).update(`${purpose}\n${id}`).digest()
}
