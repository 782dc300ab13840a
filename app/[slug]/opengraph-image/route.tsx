import { findArticle, readArticles } from '#lib/articles/library'
import { socialCard } from '#ui/social-card/card'

// Outside of the route group, as Next would add a hash to its path there, and the structured data has this path.
export const dynamic = 'force-static'
export const dynamicParams = false
export const generateStaticParams = () => readArticles().map(({ slug }) => ({ slug }))

/** The social card of an article. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }) {
  const article = findArticle((await params).slug)
  return article ? socialCard(article.title, article.subtitle) : new Response(null, { status: 404 })
}
