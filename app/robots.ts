import type { MetadataRoute } from 'next'
import { readConfig } from '#lib/config'

// APP_URL is known at run time, not at build time.
export const dynamic = 'force-dynamic'

/**
 * RFC 9309. Personal pages are not disallowed: they have `noindex`, which a crawler sees only if it may fetch them, and
 * without a visitor's cookie they show no personal data.
 */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: '*', disallow: '/api/' },
    sitemap: `${readConfig().appUrl}/sitemap.xml`,
  }
}
