import { findArticle, readArticles } from '#lib/articles/library'
import { socialCard } from '#ui/social-card/card'

// A route of its own, outside the group of pages, where Next would add letters to the address: the
// structured data names this address too.
export const dynamic = 'force-static'
export const dynamicParams = false
export const generateStaticParams = () => readArticles().map(({ slug }) => ({ slug }))

/** The card that a shared link to an article shows. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }) {
  const article = findArticle((await params).slug)
  return article ? socialCard(article.title, article.subtitle) : new Response(null, { status: 404 })
}
