import type { ArticleReference } from '#lib/articles/front-matter'
import type { Article } from '#lib/articles/library'
import { fixedSections, Section } from './section'

export function ReferenceList({ references }: Pick<Article, 'references'>) {
  if (!Object.keys(references).length) return null
  return (
    <div className="prose text-base [&>section>h2]:mt-0">
      <Section of={fixedSections.references}>
        <p>
          CPT® codes and payer rules change. If a source is a commercial guide, confirm what it says with the
          payer or CMS before you rely on it.
          {Object.values(references).some(({ href }) => !href) &&
            ' A source without a link was read as a stored copy.'}
        </p>
        <ol>
          {Object.entries(references).map(([name, reference], i) => (
            <li key={name} id={`ref-${i + 1}`} className="scroll-mt-6 target:bg-accent-soft">
              <ReferenceEntry {...reference} />
            </li>
          ))}
        </ol>
      </Section>
    </div>
  )
}

function ReferenceEntry({ by, title, where, href }: ArticleReference) {
  return (
    <>
      {by}.{' '}
      {href ? (
        <a href={href} rel="external noopener">
          {title}
        </a>
      ) : (
        <cite>{title}</cite>
      )}
      {title.endsWith('?') ? ' ' : '. '}
      {where}.
    </>
  )
}
