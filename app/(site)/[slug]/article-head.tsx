import { numbersOf } from '#lib/articles/citations'
import type { Article } from '#lib/articles/library'
import { Cite } from './cite'

export function ArticleHead({ article, minutes }: { article: Article; minutes: number }) {
  return (
    <header className="min-w-0 space-y-5">
      <p className="text-sm font-semibold text-accent">{article.eyebrow}</p>
      <h1 className="text-4xl">{article.title}</h1>
      <p className="text-xl text-muted">{article.subtitle}</p>
      <p className="text-sm text-muted">
        Last checked <Day day={article.reviewed} /> · {minutes}-minute read
      </p>
      {article.method && <p className="max-w-prose text-sm text-muted">{article.method}</p>}
      <Glance article={article} />
    </header>
  )
}

/** An ISO 8601 day in words, the same in every time zone: `2026-11-24` is November 24, 2026. */
export function Day({ day }: { day: string }) {
  const words = new Date(`${day}T00:00:00Z`).toLocaleDateString('en-US', {
    dateStyle: 'long',
    timeZone: 'UTC',
  })
  return <time dateTime={day}>{words}</time>
}

/** "At a glance": the article's main facts. */
function Glance({ article }: { article: Article }) {
  if (!article.glance.length) return null
  return (
    <section aria-labelledby="glance" className="glance rounded-card bg-accent-soft p-5 sm:p-6">
      <h2 id="glance" className="text-xl">
        At a glance
      </h2>
      <dl className="mt-3 divide-y divide-line">
        {article.glance.map(({ term, fact, cite }) => (
          <div key={term} className="py-2.5 sm:grid sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-4">
            <dt className="font-semibold">{term}</dt>
            <dd>
              {fact}
              <Cite of={numbersOf(article, cite)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
