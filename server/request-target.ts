/**
 * Splits a request target (RFC 9112 §3.2) into path and query. The host of the absolute form is ignored, because clients
 * can forge it. A fragment, which some link scanners send, is dropped.
 * @returns the path with unnecessary escapes decoded, and the query with its `?`, or empty; undefined for targets without
 * a path, such as `*` and an authority
 */
export function readTarget(target: string): { path: string; query: string } | undefined {
  const [absolute = ''] = /^https?:\/\/[^/?#\\]+/i.exec(target) ?? []
  const [relative = ''] = target.slice(absolute.length).split('#', 1)
  const [path = ''] = relative.split('?', 1)
  const query = relative.slice(path.length)
  if (absolute && !path) return { path: '/', query }
  return path.startsWith('/') ? { path: decodeUnreserved(path), query } : undefined
}

/** RFC 3986 §6.2.2.2: `/%64emo` is `/demo`. All other escapes stay; no path of the site has one. */
function decodeUnreserved(path: string): string {
  return path.replace(/%[\da-f]{2}/gi, (escaped) => {
    const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : escaped
  })
}
