import type { Article } from '#lib/articles/library'
import { site } from '#lib/site'
import { Day } from './article-head'

/** The notices that the AMA requires wherever its codes are named. They do not replace a license. */
export function Notices({ reviewed }: Pick<Article, 'reviewed'>) {
  const year = new Date().getFullYear()
  return (
    <footer className="notices space-y-3 border-t border-line pt-6 text-sm text-muted">
      <p>
        CPT copyright {year} American Medical Association. All rights reserved. CPT® is a registered trademark
        of the American Medical Association.
      </p>
      <p>
        Copyright © {year} {site.name}. All rights reserved. Last checked <Day day={reviewed} />. This article
        is not medical advice and gives no payment amounts: those depend on the payer, the contract, and the
        location.
      </p>
    </footer>
  )
}
