import type { MetadataRoute } from 'next'
import { readConfig } from '#lib/config'

// The public origin is known when the site runs, not when it is built.
export const dynamic = 'force-dynamic'

/**
 * RFC 9309. Personal pages are not disallowed: they have `noindex`, which a crawler can only see if it may read them, and
 * personal data is checked where it is read.
 */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: '*', disallow: '/api/' },
    sitemap: `${readConfig().appUrl}/sitemap.xml`,
  }
}
