import type { ReactNode } from 'react'

/** The head of a page: its h1, and the lead paragraph as children. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mb-8 max-w-prose">
      <h1>{title}</h1>
      {children && <p className="mt-4 text-lg text-muted">{children}</p>}
    </div>
  )
}

type ColumnsProps = { aside?: ReactNode; wideAside?: true; children: ReactNode }

/**
 * Two columns on wide screens, the main one first in the reading order; one below the other on small ones.
 */
export function Columns({ aside, wideAside, children }: ColumnsProps) {
  const columns = wideAside ? 'wide:grid-cols-[minmax(0,1fr)_27rem]' : 'wide:grid-cols-[minmax(0,1fr)_21rem]'
  return (
    <div className={`grid items-start gap-10 wide:gap-16 ${columns}`}>
      <div className="min-w-0 max-w-prose">{children}</div>
      {aside && <div className="max-w-prose space-y-6">{aside}</div>}
    </div>
  )
}
