import { MAX_TOKEN_LENGTH } from '#lib/guard/token'

/**
 * The path of a confirmation link. The token is cut at the longest of ours; a lone surrogate, which JSON can hold, can't
 * be percent-encoded and is replaced.
 */
export function confirmPath(token: string): `/${string}` {
  return `/trial/confirm?token=${encodeURIComponent(token.slice(0, MAX_TOKEN_LENGTH).toWellFormed())}`
}
