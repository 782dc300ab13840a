import { LONGEST_TOKEN } from '#lib/guard/token'

/**
 * The page of a confirmation link, as a path. Cut at the longest token of ours; half a surrogate
 * pair, which JSON can hold, has no form in an address.
 */
export function confirmPath(token: string): `/${string}` {
  return `/trial/confirm?token=${encodeURIComponent(token.slice(0, LONGEST_TOKEN).toWellFormed())}`
}
