import type { ReactNode } from 'react'
import { SiteFooter } from '#ui/layout/site-footer'
import { SiteHeader } from '#ui/layout/site-header'

type Props = { current?: string; children: ReactNode }

/**
 * The frame of every page, also of the 404 page: skip link, header, `<main>` and footer. Each navigation entry has a layout
 * that passes its path as `current`, because a shared layout would know the path only by script.
 */
export function SiteFrame({ current, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="absolute left-4 top-0 z-10 -translate-y-full rounded-b-control bg-accent px-4 py-3 font-semibold text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <SiteHeader current={current} />
      {/* No focus ring: only the skip link moves the focus here. */}
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-page flex-1 px-5 py-10 sm:px-8 outline-none sm:py-14"
      >
        {children}
      </main>
      <SiteFooter />
    </div>
  )
}
