import type { MetadataRoute } from 'next'
import { readArticles } from '#lib/articles/library'
import { readConfig } from '#lib/config'
import { formNames, forms } from '#lib/forms/forms'

// APP_URL is known at run time, not at build time.
export const dynamic = 'force-dynamic'

const paths = ['/', ...formNames.map((form) => forms[form].page), '/privacy', '/terms']

/**
 * https://www.sitemaps.org/protocol.html: absolute addresses of the public pages. Only articles have `lastmod`: crawlers
 * ignore a site's dates once some are wrong.
 */
export default function sitemap(): MetadataRoute.Sitemap {
  const { appUrl } = readConfig()
  return [
    ...paths.map((path) => ({ url: `${appUrl}${path}` })),
    ...readArticles().map(({ path, reviewed }) => ({ url: `${appUrl}${path}`, lastModified: reviewed })),
  ]
}
