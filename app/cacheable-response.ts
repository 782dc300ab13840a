import { createHash } from 'node:crypto'
import fresh from 'fresh'

/**
 * A public response that clients may keep for an hour and then ask for again: 304 without a body if they have it (RFC 9110
 * §13), because feed readers ask many times a day.
 * @param modified when the content changed, where that is known
 */
export function cacheableResponse(
  request: Request,
  body: string,
  headers: Record<string, string>,
  modified?: Date,
): Response {
  const validators = {
    // Weak, because the body may be compressed on its way.
    etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    ...(modified && { 'last-modified': modified.toUTCString() }),
  }
  const kept = { ...validators, 'Cache-Control': 'public, max-age=3600', Vary: 'Accept-Encoding' }
  const asked = {
    'if-none-match': request.headers.get('if-none-match') ?? undefined,
    'if-modified-since': request.headers.get('if-modified-since') ?? undefined,
  }
  if (fresh(asked, validators)) return new Response(null, { status: 304, headers: kept })
  return new Response(body, { headers: { ...kept, ...headers } })
}
