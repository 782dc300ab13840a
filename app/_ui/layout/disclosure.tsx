import type { ReactNode } from 'react'
import { type Drawing, Icon } from '#ui/layout/icon'

const chevron: Drawing = { paths: ['M6 9l6 6 6-6'] }

type Props = { id: string; title: string; open?: boolean; children: ReactNode }

/** A section that is folded until its heading is pressed; works without script. */
export function Disclosure({ id, title, open, children }: Props) {
  return (
    <details open={open} className="group border-t border-line pt-2 open:pb-4">
      <summary className="flex min-h-11 cursor-pointer items-center justify-between gap-4">
        <h2 id={id} className="text-xl">
          {title}
        </h2>
        <Icon name={chevron} className="size-5 shrink-0 text-muted group-open:rotate-180" />
      </summary>
      <section aria-labelledby={id} className="mt-2 space-y-4">
        {children}
      </section>
    </details>
  )
}
