import type { ReactNode } from 'react'

type Props = {
  /** The screen's name in the product. */
  title: string
  /** The caption: how to read the screen. */
  legend?: ReactNode
  children: ReactNode
}

/**
 * A drawn screen of the product. Always marked as sample data, so that nobody takes it for a patient's record or a
 * screenshot.
 */
export function ScreenFrame({ title, legend, children }: Props) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-card border border-line bg-surface shadow-[0_1px_2px_rgb(0_0_0/0.06),0_12px_32px_-12px_rgb(0_0_0/0.18)]">
      <div className="flex items-center justify-between gap-3 border-b border-line bg-sunken px-4 py-2.5 sm:px-5">
        <p className="min-w-0 font-semibold max-sm:text-sm">{title}</p>
        <p className="shrink-0 rounded-full border border-ochre px-2.5 py-0.5 text-xs font-semibold text-ochre">
          Sample data
        </p>
      </div>
      <div className="p-4 sm:p-5">{children}</div>
      <figcaption
        className={legend ? 'border-t border-line px-4 py-3 text-sm text-muted sm:px-5' : 'sr-only'}
      >
        {legend ?? `An illustration of the “${title}” screen, with sample data.`}
      </figcaption>
    </figure>
  )
}
