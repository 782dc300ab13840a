import type { ReactNode } from 'react'
import { articleSections } from '#ui/article-facts'

type SectionId = (typeof articleSections)[number]['id']

/** A section under the heading that the contents list shows, so that the two cannot drift apart. */
export function Section({ id, children }: { id: SectionId; children: ReactNode }) {
  const title = articleSections.find((section) => section.id === id)?.title
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}
