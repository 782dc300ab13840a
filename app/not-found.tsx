import type { Metadata } from 'next'
import { ButtonLink } from '#ui/layout/button'
import { Columns, PageHead } from '#ui/layout/columns'
import { ContactCard } from '#ui/layout/contact-card'
import { SiteFrame } from '#ui/layout/site-frame'

export const metadata: Metadata = { title: 'Page not found', robots: { index: false } }

export default function NotFound() {
  return (
    <SiteFrame>
      <Columns aside={<ContactCard />}>
        <PageHead title="Page not found">
          The address may be mistyped, or the page may have moved. Try one of these:
        </PageHead>
        <p className="flex flex-wrap gap-3">
          <ButtonLink href="/">Go to the home page</ButtonLink>
          <ButtonLink kind="quiet" href="/97014">
            Read the article on 97014
          </ButtonLink>
          <ButtonLink kind="quiet" href="/demo">
            Watch the demo
          </ButtonLink>
        </p>
      </Columns>
    </SiteFrame>
  )
}
