import type { MetadataRoute } from 'next'
import { readConfig } from '#lib/config'

// The public origin is known when the site runs, not when it is built.
export const dynamic = 'force-dynamic'

const personal = [
  '/api/',
  '/review',
  '/support',
  '/demo/watch',
  '/trial/check-email',
  '/trial/confirm',
  '/trial/started',
  '/trial/known',
  '/unsubscribe',
]

/** RFC 9309. A courtesy: what must not be read is guarded where it is read. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: '*', disallow: personal },
    sitemap: `${readConfig().appUrl}/sitemap.xml`,
  }
}
