import { isLoopback } from '#lib/config'

/**
 * Whether a write comes from another site. Browsers say so in Sec-Fetch-Site and Origin and no page can
 * change either; programs send neither and are let through (they carry no visitor's cookies).
 */
export function isForeign(
  sent: { origin: string | null; fetchSite: string | null },
  appUrl: string,
): boolean {
  if (sent.fetchSite === 'cross-site') return true
  if (sent.origin === null) return false
  return !isOurs(sent.origin, appUrl)
}

function isOurs(origin: string, appUrl: string): boolean {
  const given = URL.parse(origin)
  const ours = new URL(appUrl)
  // Others have an opaque origin (WHATWG URL), which is nobody's: extensions, files, `about:blank`.
  if (given?.protocol !== 'https:' && given?.protocol !== 'http:') return false
  if (given.origin === ours.origin) return true
  // While trying out, 127.0.0.1 and localhost are the same place to a person.
  return isLoopback(given.origin) && isLoopback(appUrl) && given.port === ours.port
}
