import { article } from '#ui/article-facts'
import { Section } from './section'

export function Keywords() {
  const [code, ...others] = article.keywords
  return (
    <Section id="keywords">
      <ul className="flex flex-wrap gap-2 text-sm">
        {[code.replace('CPT', 'CPT®'), ...others].map((keyword) => (
          <li key={keyword} className="rounded-full border border-line bg-surface px-3 py-1">
            {keyword}
          </li>
        ))}
      </ul>
    </Section>
  )
}
