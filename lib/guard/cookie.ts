import { readConfig } from '#lib/config'

/**
 * The name that a cookie of ours has at this address. On https with the prefix `__Host-` (RFC 6265bis §4.1.3.2):
 * browsers take such a cookie from this host alone, over TLS, for the whole site, so a sibling host can't set one for
 * us. Without TLS, as on loopback, browsers would refuse it.
 */
export function cookieName(name: string, appUrl = readConfig().appUrl): string {
  return appUrl.startsWith('https:') ? `__Host-${name}` : name
}

/**
 * The values of a cookie of ours in a `Cookie` header, in its order: without the prefix there may be several, of
 * which another program on the same machine or host has set some.
 */
export function readCookies(header: string | null | undefined, name: string): string[] {
  const start = `${cookieName(name)}=`
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start))
    .map((pair) => pair.slice(start.length))
}
