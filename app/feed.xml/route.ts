import { readConfig } from '#lib/config'
import { site } from '#lib/site'
import { article } from '#ui/article-facts'

// The public origin is known when the site runs, not when it is built.
export const dynamic = 'force-dynamic'

/** The article as an Atom feed (RFC 4287). */
export function GET(): Response {
  const { appUrl } = readConfig()
  return new Response(feedOf(appUrl), {
    headers: {
      'Content-Type': 'application/atom+xml; charset=utf-8',
      'Cache-Control': 'public, max-age=3600',
    },
  })
}

function feedOf(origin: string): string {
  const page = escapeXml(`${origin}${article.path}`)
  const updated = `${article.reviewed}T00:00:00Z`
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-US">
  <id>${escapeXml(origin)}/</id>
  <title>${escapeXml(site.name)}</title>
  <updated>${updated}</updated>
  <author><name>${escapeXml(site.name)}</name></author>
  <link rel="self" type="application/atom+xml" href="${escapeXml(origin)}/feed.xml"/>
  <link rel="alternate" type="text/html" href="${escapeXml(origin)}/"/>
  <entry>
    <id>${page}</id>
    <title>${escapeXml(article.title)}</title>
    <updated>${updated}</updated>
    <link rel="alternate" type="text/html" href="${page}"/>
    <summary>${escapeXml(article.summary)}</summary>
  </entry>
</feed>
`
}

/** An origin may hold `&` in no legal form, but one stray character breaks the whole feed. */
function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
