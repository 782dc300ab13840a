import type { ReactNode } from 'react'

type Props = { title?: string; id?: string; children: ReactNode }

/** A bordered panel. With a title it is a `<section>` named by its heading, whose id comes from `id`. */
export function Card({ title, id, children }: Props) {
  const headingId = id && `${id}-title`
  return (
    <section
      id={id}
      aria-labelledby={title && headingId}
      className="rounded-card border border-line bg-surface p-5 sm:p-6"
    >
      {title && (
        <h2 id={headingId} className="mb-3 text-xl">
          {title}
        </h2>
      )}
      {children}
    </section>
  )
}
