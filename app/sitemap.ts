import type { MetadataRoute } from 'next'
import { readConfig } from '#lib/config'
import { article } from '#ui/article-facts'

// The public origin is known when the site runs, not when it is built.
export const dynamic = 'force-dynamic'

const paths = ['/', article.path, '/demo', '/trial', '/contact', '/privacy', '/terms']

/** https://www.sitemaps.org/protocol.html: absolute addresses of the pages that anybody may read. */
export default function sitemap(): MetadataRoute.Sitemap {
  const { appUrl } = readConfig()
  return paths.map((path) => ({
    url: `${appUrl}${path}`,
    lastModified: path === article.path ? article.reviewed : undefined,
  }))
}
