import type { ReactNode } from 'react'

type HeadProps = { title: string; eyebrow?: string; children?: ReactNode }

/** The head of a page: its h1, an optional line above it, and the lead paragraph as children. */
export function PageHead({ title, eyebrow, children }: HeadProps) {
  return (
    <div className="mb-8 max-w-prose">
      {eyebrow && <p className="mb-2 text-sm font-semibold text-accent">{eyebrow}</p>}
      <h1>{title}</h1>
      {children && <div className="mt-4 space-y-3 text-lg text-muted">{children}</div>}
    </div>
  )
}

/** Two columns on wide screens, the main one first in the reading order; one below the other on small ones. */
export function Columns({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <div className="grid items-start gap-10 wide:grid-cols-[minmax(0,1fr)_21rem] wide:gap-16">
      <div className="min-w-0 max-w-prose">{children}</div>
      <div className="max-w-prose space-y-6">{aside}</div>
    </div>
  )
}
