/**
 * The path and query of a URL on our own origin, for a link, a form or a redirect. The URL comes from a request and is
 * parsed by the URL standard, as browsers do.
 * @returns undefined for another origin, an invalid URL, and a path that starts with `//`, which browsers read as a host
 */
export function ownPath(address: string | null | undefined, appUrl: string): string | undefined {
  const url = URL.parse(address ?? '')
  if (url?.origin !== new URL(appUrl).origin || url.pathname.startsWith('//')) return undefined
  return `${url.pathname}${url.search}`
}
