import { numbersOf } from '#lib/articles/citations'
import type { Article } from '#lib/articles/library'
import { Cite } from './cite'

/** "At a glance": the article's main facts. */
export function Glance({ article }: { article: Article }) {
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
