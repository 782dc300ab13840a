import type { ReactNode } from 'react'
import type { OutlineEntry } from '#lib/articles/outline'

/** What stands on every article's page after its text, under the names that the contents list shows. */
export const around = {
  questions: { id: 'questions', title: 'Frequently asked questions' },
  keywords: { id: 'keywords', title: 'Keywords' },
  demo: { id: 'demo', title: 'Fill out form to watch demo' },
  references: { id: 'references', title: 'References' },
} satisfies Record<string, OutlineEntry>

/** A section under the heading that the contents list shows, so that the two cannot drift apart. */
export function Section({ of, children }: { of: OutlineEntry; children: ReactNode }) {
  return (
    <section aria-labelledby={of.id}>
      <h2 id={of.id}>{of.title}</h2>
      {children}
    </section>
  )
}
