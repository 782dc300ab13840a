import { MAX_TOKEN_LENGTH } from '#lib/guard/token'

/**
 * The path of a confirmation link. `token` is untrusted: cut at the longest valid length, and lone surrogates (possible in
 * JSON), which can't be percent-encoded, are replaced.
 */
export function confirmPath(token: string): `/${string}` {
  return `/trial/confirm?token=${encodeURIComponent(token.slice(0, MAX_TOKEN_LENGTH).toWellFormed())}`
}
