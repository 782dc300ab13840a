import type { MetadataRoute } from 'next'
import { readConfig } from '#lib/config'

// APP_URL is known at run time, not at build time.
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
