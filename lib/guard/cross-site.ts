import { isLoopback } from '#lib/config'

/**
 * Whether a write comes from another site (CSRF), by Sec-Fetch-Site and Origin, which a page can't change. Programs send
 * neither and are accepted: they have no visitor's cookies.
 */
export function isCrossSite(sent: { origin: string | null; fetchSite: string | null }, appUrl: string) {
  if (sent.fetchSite === 'cross-site') return true
  if (sent.origin === null) return false
  return !isOwnOrigin(sent.origin, appUrl)
}

function isOwnOrigin(origin: string, appUrl: string): boolean {
  const given = URL.parse(origin)
  const ours = new URL(appUrl)
  // Other schemes have an opaque origin (WHATWG URL): extensions, files, `about:blank`.
  if (given?.protocol !== 'https:' && given?.protocol !== 'http:') return false
  if (given.origin === ours.origin) return true
  // On loopback, 127.0.0.1 and localhost are the same site.
  return isLoopback(given.origin) && isLoopback(appUrl) && given.port === ours.port
}
