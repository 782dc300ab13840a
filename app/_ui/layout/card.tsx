import type { ReactNode } from 'react'

/** A bordered panel: a `<section>` named by its heading, whose id comes from `id`. */
export function Card({ title, id, children }: { title: string; id: string; children: ReactNode }) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="rounded-card border border-line bg-surface p-5 sm:p-6 print:break-inside-avoid"
    >
      <h2 id={`${id}-title`} className="mb-3 text-xl">
        {title}
      </h2>
      {children}
    </section>
  )
}
