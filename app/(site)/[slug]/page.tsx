import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { compileArticle } from '#lib/articles/compile'
import { type Article, findArticle, readArticles } from '#lib/articles/library'
import { site } from '#lib/site'
import { ContactCard } from '#ui/layout/contact-card'
import { StructuredData } from '#ui/layout/structured-data'
import { size } from '#ui/social-card/card'
import { articleData } from './article-data'
import { ArticleHead } from './article-head'
import { Cite } from './cite'
import { Contents } from './contents'
import { Notices } from './notices'
import { PlacementFigure } from './placement-figure'
import { DemoSection, fixedSections, Keywords, Questions, ReferenceList } from './section'
import { TimingFigure } from './timing-figure'
import { WhichCode } from './which-code'

type Props = { params: Promise<{ slug: string }> }

/** Only articles: any other path with one segment is a 404. */
export const dynamicParams = false
export const generateStaticParams = () => readArticles().map(({ slug }) => ({ slug }))

async function requireArticle(params: Props['params']): Promise<Article> {
  return findArticle((await params).slug) ?? notFound()
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title, seoTitle, summary, keywords, path, published, reviewed } = await requireArticle(params)
  return {
    title: seoTitle ? { absolute: seoTitle } : title,
    description: summary,
    keywords,
    alternates: { canonical: path },
    openGraph: {
      type: 'article',
      siteName: site.name,
      locale: 'en_US',
      title,
      description: summary,
      url: path,
      publishedTime: published,
      modifiedTime: reviewed,
      images: { url: `${path}/opengraph-image`, alt: title, ...size },
    },
  }
}

/** The components that an article's MDX may use. */
const components = { Cite, PlacementFigure, TimingFigure, WhichCode }

export default async function ArticlePage({ params }: Props) {
  const article = await requireArticle(params)
  const compiled = await compileArticle(article)
  const { Content, outline, minutes } = compiled
  const { questions, keywords, demo, references } = fixedSections
  const contents = [
    ...outline,
    ...(article.questions.length ? [questions] : []),
    keywords,
    demo,
    ...(Object.keys(article.references).length ? [references] : []),
  ]
  return (
    <article className="grid items-start gap-x-16 gap-y-8 wide:grid-cols-[minmax(0,42rem)_minmax(0,1fr)]">
      <StructuredData things={articleData(article, compiled)} />
      <ArticleHead article={article} minutes={minutes} />
      <aside aria-label="Contents" className="wide:col-start-2 wide:row-span-3 wide:row-start-1 wide:h-full">
        <Contents outline={contents} />
      </aside>
      <div className="prose min-w-0 [&>section:first-child>h2]:mt-4">
        <Content components={components} />
        <Questions article={article} />
        <Keywords keywords={article.keywords} />
      </div>
      <div className="mt-8 min-w-0 space-y-12">
        <DemoSection />
        <ContactCard title="Contact" />
        <ReferenceList references={article.references} />
        <Notices reviewed={article.reviewed} />
      </div>
    </article>
  )
}
