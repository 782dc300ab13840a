import type { Article } from '#lib/articles/library'
import { dayInWords } from './day'
import { Glance } from './glance'

export function ArticleHead({ article, minutes }: { article: Article; minutes: number }) {
  return (
    <header className="min-w-0 space-y-5">
      <p className="text-sm font-semibold text-accent">{article.eyebrow}</p>
      <h1 className="text-4xl">{article.title}</h1>
      <p className="text-xl text-muted">{article.subtitle}</p>
      <p className="text-sm text-muted">
        Reviewed <time dateTime={article.reviewed}>{dayInWords(article.reviewed)}</time> · {minutes}-minute
        read
      </p>
      <Glance article={article} />
    </header>
  )
}
