import type { ReactNode } from 'react'
import { Card } from '#ui/layout/card'

/** The steps after a form is sent, shown beside the form. */
export function Steps({ title = 'What happens next', children }: { title?: string; children: ReactNode }) {
  return (
    <Card title={title} id="next-steps">
      <ol className="space-y-4 [counter-reset:step]">{children}</ol>
    </Card>
  )
}

const number =
  'before:flex before:size-7 before:shrink-0 before:items-center before:justify-center before:rounded-full before:bg-accent-soft before:text-sm before:font-semibold before:text-accent before:[content:counter(step)]'

export function Step({ children }: { children: ReactNode }) {
  return (
    <li className={`flex gap-3 [counter-increment:step] ${number}`}>
      <div className="min-w-0">{children}</div>
    </li>
  )
}
