import type { MetadataRoute } from 'next'
import { readConfig } from '#lib/config'

// The public origin is known when the site runs, not when it is built.
export const dynamic = 'force-dynamic'

/**
 * RFC 9309. Personal pages are not named here: they say `noindex`, which a crawler must be let in to see,
 * and what must not be read is guarded where it is read.
 */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: '*', disallow: '/api/' },
    sitemap: `${readConfig().appUrl}/sitemap.xml`,
  }
}
