import type { Article } from '#lib/articles/library'
import { fixedSections, Section } from './section'

export function Keywords({ keywords }: Pick<Article, 'keywords'>) {
  return (
    <Section of={fixedSections.keywords}>
      <ul className="keywords flex flex-wrap gap-2 text-sm">
        {keywords.map((keyword) => (
          <li key={keyword} className="rounded-full border border-line bg-surface px-3 py-1">
            {keyword.replace(/^CPT /, 'CPT® ')}
          </li>
        ))}
      </ul>
    </Section>
  )
}
