/**
 * The path and query of an address of ours, for a link, a form or a redirect. The address comes from a request.
 * @returns undefined for another origin, for what is no address, and for a path that starts with `//`: a browser reads
 * that as another host. Backslashes and line breaks count as the URL standard has them.
 */
export function ownPath(address: string | null | undefined, appUrl: string): string | undefined {
  const url = URL.parse(address ?? '')
  if (url?.origin !== new URL(appUrl).origin || url.pathname.startsWith('//')) return undefined
  return `${url.pathname}${url.search}`
}
