import { absolute, breadcrumbs, organization, type Thing } from '#app/_ui/layout/schema-org'
import type { CompiledArticle } from '#lib/articles/compile'
import type { Article } from '#lib/articles/library'

/**
 * The article's structured data. The company is author and reviewer, because no person has been named.
 */
export function articleData(article: Article, { words, minutes }: CompiledArticle): Thing[] {
  return [
    organization(),
    pageOf(article, words, minutes),
    breadcrumbs({ name: article.title, path: article.path }),
    ...(article.questions.length ? [questionsOf(article)] : []),
  ]
}

function pageOf(article: Article, words: number, minutes: number): Thing {
  const company = { '@id': absolute('/#organization') }
  return {
    '@type': ['MedicalWebPage', 'Article'],
    '@id': absolute(`${article.path}#article`),
    url: absolute(article.path),
    headline: article.title,
    name: article.title,
    alternativeHeadline: article.subtitle,
    description: article.summary,
    image: absolute(`${article.path}/opengraph-image`),
    inLanguage: 'en-US',
    keywords: article.keywords,
    datePublished: article.published,
    dateModified: article.reviewed,
    lastReviewed: article.reviewed,
    author: company,
    publisher: company,
    reviewedBy: company,
    wordCount: words,
    timeRequired: `PT${minutes}M`,
    isAccessibleForFree: true,
    citation: Object.values(article.references).map(({ by, title, href }) => ({
      '@type': 'CreativeWork',
      name: title,
      creditText: by,
      ...(href && { url: href }),
    })),
  }
}

function questionsOf(article: Article): Thing {
  return {
    '@type': 'FAQPage',
    '@id': absolute(`${article.path}#questions`),
    mainEntity: article.questions.map(({ question, answer }) => ({
      '@type': 'Question',
      name: question,
      acceptedAnswer: { '@type': 'Answer', text: answer },
    })),
  }
}
