import { readConfig } from '#lib/config'

/**
 * The full name of a cookie: on https with the prefix `__Host-` (RFC 6265bis §4.1.3.2), so that a sibling host can't set
 * it. Without TLS, as on loopback, browsers reject that prefix.
 */
export function cookieName(name: string, appUrl = readConfig().appUrl): string {
  return appUrl.startsWith('https:') ? `__Host-${name}` : name
}

/** A cookie's values in a `Cookie` header: without the prefix, other programs on the host can set the same name. */
export function readCookies(header: string | null | undefined, name: string): string[] {
  const start = `${cookieName(name)}=`
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start))
    .map((pair) => pair.slice(start.length))
}
