import { type Article, readArticles } from '#lib/articles/library'
import { readConfig } from '#lib/config'
import { escapeHtml } from '#lib/escape-html'
import { site } from '#lib/site'

/** The articles as an Atom feed (RFC 4287). */
export function GET(): Response {
  const { appUrl } = readConfig()
  return new Response(feedOf(appUrl, readArticles()), {
    headers: {
      'Content-Type': 'application/atom+xml; charset=utf-8',
      'Cache-Control': 'public, max-age=3600',
    },
  })
}

function feedOf(origin: string, articles: Article[]): string {
  const updated = articles[0]?.reviewed ?? '1970-01-01'
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-US">
  <id>${escapeHtml(origin)}/</id>
  <title>${escapeHtml(site.name)}</title>
  <updated>${updated}T00:00:00Z</updated>
  <author><name>${escapeHtml(site.name)}</name></author>
  <link rel="self" type="application/atom+xml" href="${escapeHtml(origin)}/feed.xml"/>
  <link rel="alternate" type="text/html" href="${escapeHtml(origin)}/"/>
${articles.map((article) => entryOf(origin, article)).join('\n')}
</feed>
`
}

function entryOf(origin: string, { path, title, summary, published, reviewed }: Article): string {
  const page = escapeHtml(`${origin}${path}`)
  return `  <entry>
    <id>${page}</id>
    <title>${escapeHtml(title)}</title>
    <published>${published}T00:00:00Z</published>
    <updated>${reviewed}T00:00:00Z</updated>
    <link rel="alternate" type="text/html" href="${page}"/>
    <summary>${escapeHtml(summary)}</summary>
  </entry>`
}
