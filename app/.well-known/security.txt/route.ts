import { readConfig } from '#lib/config'
import { site } from '#lib/site'

const DAYS_VALID = 180

/** RFC 9116. `Expires` must be in the future, by less than a year (§2.5.5). */
export function GET(): Response {
  const expires = new Date(Date.now() + DAYS_VALID * 86_400_000)
  const lines = [
    `Contact: mailto:${site.email}`,
    `Expires: ${expires.toISOString().replace(/\.\d+Z$/, 'Z')}`,
    'Preferred-Languages: en',
    `Canonical: ${readConfig().appUrl}/.well-known/security.txt`,
  ]
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  })
}
