import { findArticle, readArticles } from '#lib/articles/library'
import { socialCard } from '#ui/social-card/card'

// Outside the route group, where Next would add a hash to the path; the structured data needs this exact path.
export const dynamic = 'force-static'
export const dynamicParams = false
export const generateStaticParams = () => readArticles().map(({ slug }) => ({ slug }))

/** The social card of an article. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }) {
  const article = findArticle((await params).slug)
  return article ? socialCard(article.title, article.subtitle) : new Response(null, { status: 404 })
}
