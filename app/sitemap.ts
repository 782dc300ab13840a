import type { MetadataRoute } from 'next'
import { readArticles } from '#lib/articles/library'
import { readConfig } from '#lib/config'
import { formNames, forms } from '#lib/forms/forms'

// The public origin is known when the site runs, not when it is built.
export const dynamic = 'force-dynamic'

const paths = ['/', ...formNames.map((form) => forms[form].page), '/privacy', '/terms']

/**
 * https://www.sitemaps.org/protocol.html: absolute addresses of the pages that anybody may read. Only an
 * article says when it was last changed; a guessed date teaches crawlers to ignore all of them.
 */
export default function sitemap(): MetadataRoute.Sitemap {
  const { appUrl } = readConfig()
  return [
    ...paths.map((path) => ({ url: `${appUrl}${path}` })),
    ...readArticles().map(({ path, reviewed }) => ({ url: `${appUrl}${path}`, lastModified: reviewed })),
  ]
}
