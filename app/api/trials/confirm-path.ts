/**
 * The page of a confirmation link, as a path. No token of ours is longer than 300 characters, and half a surrogate
 * pair, which JSON can hold, has no form in an address.
 */
export function confirmPath(token: string): `/${string}` {
  return `/trial/confirm?token=${encodeURIComponent(token.slice(0, 300).toWellFormed())}`
}
