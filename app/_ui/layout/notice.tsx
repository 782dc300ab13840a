import type { ReactNode } from 'react'
import { Icon } from '#ui/layout/icon'

const kinds = {
  info: { icon: 'info', box: 'border-accent bg-accent-soft', ink: 'text-accent' },
  success: { icon: 'tick', box: 'border-accent bg-accent-soft', ink: 'text-accent' },
  problem: { icon: 'alert', box: 'border-danger bg-danger-soft', ink: 'text-danger' },
} as const

type Props = { kind?: keyof typeof kinds; title?: string; children?: ReactNode }

/** A highlighted message. Icon and text carry its kind, color only repeats it (WCAG 1.4.1). */
export function Notice({ kind = 'info', title, children }: Props) {
  const { icon, box, ink } = kinds[kind]
  return (
    <div className={`flex gap-3 rounded-control border-l-4 p-4 ${box}`}>
      <Icon name={icon} className={`mt-0.5 size-6 shrink-0 ${ink}`} />
      <div className="min-w-0 space-y-2">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  )
}
