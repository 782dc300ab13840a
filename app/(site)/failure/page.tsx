import type { Metadata } from 'next'
import { site } from '#lib/site'
import { ButtonLink } from '#ui/layout/button'

export const metadata: Metadata = { title: 'This page could not be shown', robots: { index: false } }

/**
 * Prerendered; the server sends it in place of a page that failed (`server/error-pages.ts`). Only plain links: it must work
 * when nothing else does.
 */
export default function FailurePage() {
  return (
    <div className="max-w-prose space-y-6">
      <h1>This page could not be shown</h1>
      <p className="text-lg text-muted">
        Something went wrong on our side, and we’ve logged it. Anything you already sent is safe. Reload the
        page in a minute; if that fails, call or email us.
      </p>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href="">Reload the page</ButtonLink>
        <ButtonLink kind="quiet" href={site.phoneHref} className="whitespace-nowrap">
          Call {site.phone}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`mailto:${site.email}`}>
          Email {site.email}
        </ButtonLink>
      </p>
    </div>
  )
}
