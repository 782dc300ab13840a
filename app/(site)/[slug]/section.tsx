import type { ReactNode } from 'react'
import { numbersOf } from '#lib/articles/citations'
import type { ArticleReference } from '#lib/articles/front-matter'
import type { Article } from '#lib/articles/library'
import type { OutlineEntry } from '#lib/articles/outline'
import { EnhancedForm } from '#ui/form/enhanced-form'
import { Cite } from './cite'

/** The sections after an article's text, with their ids and titles in the table of contents. */
export const fixedSections = {
  questions: { id: 'questions', title: 'Frequently asked questions' },
  keywords: { id: 'keywords', title: 'Keywords' },
  demo: { id: 'demo', title: 'Fill out form to watch demo' },
  references: { id: 'references', title: 'References' },
} satisfies Record<string, OutlineEntry>

/** A section with the heading that the table of contents shows. */
function Section({ of, children }: { of: OutlineEntry; children: ReactNode }) {
  return (
    <section aria-labelledby={of.id}>
      <h2 id={of.id}>{of.title}</h2>
      {children}
    </section>
  )
}

export function Questions({ article }: { article: Article }) {
  if (!article.questions.length) return null
  return (
    <Section of={fixedSections.questions}>
      {article.questions.map(({ question, answer, cite }) => (
        <div key={question}>
          <h3>{question}</h3>
          <p>
            {answer}
            <Cite of={numbersOf(article, cite)} />
          </p>
        </div>
      ))}
    </Section>
  )
}

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

/** The demo form as a section of the article. */
export function DemoSection() {
  return (
    <div className="no-print rounded-card border border-line bg-surface p-5 sm:p-6">
      <Section of={fixedSections.demo}>
        <p className="mt-3 mb-6 text-muted">
          TrackStat’s weekly patients report shows each patient’s visit cadence, color-coded. Send the form
          and the demo opens right away.
        </p>
        <EnhancedForm form="demo" load="focus" />
      </Section>
    </div>
  )
}

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
