import type { ReactNode } from 'react'
import type { OutlineEntry } from '#lib/articles/outline'

/** The sections after an article's text, with their ids and titles in the table of contents. */
export const fixedSections = {
  questions: { id: 'questions', title: 'Frequently asked questions' },
  keywords: { id: 'keywords', title: 'Keywords' },
  demo: { id: 'demo', title: 'Fill out form to watch demo' },
  references: { id: 'references', title: 'References' },
} satisfies Record<string, OutlineEntry>

/** A section with the heading that the table of contents shows. */
export function Section({ of, children }: { of: OutlineEntry; children: ReactNode }) {
  return (
    <section aria-labelledby={of.id}>
      <h2 id={of.id}>{of.title}</h2>
      {children}
    </section>
  )
}
