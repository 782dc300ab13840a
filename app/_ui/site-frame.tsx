import type { ReactNode } from 'react'
import { SiteFooter } from '#ui/site-footer'
import { SiteHeader } from '#ui/site-header'

/** Skip link, header, `<main>` and footer: what stands around every public page, the 404 too. */
export function SiteFrame({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="absolute left-4 top-0 z-10 -translate-y-full rounded-b-control bg-accent px-4 py-3 font-semibold text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <SiteHeader />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-page flex-1 px-5 py-10 sm:px-8 sm:py-14">
        {children}
      </main>
      <SiteFooter />
    </div>
  )
}
