import type { Metadata } from 'next'
import { breadcrumbs, organization } from '#app/_ui/layout/schema-org'
import { site } from '#lib/site'
import { EnhancedForm } from '#ui/form/enhanced-form'
import { Columns, PageHead } from '#ui/layout/columns'
import { ContactCard } from '#ui/layout/contact-card'
import { StructuredData } from '#ui/layout/structured-data'

export const metadata: Metadata = {
  title: 'Contact',
  description: `Call ${site.phone}, email ${site.email}, or send us a message.`,
  alternates: { canonical: '/contact' },
}

export default function ContactPage() {
  return (
    <Columns aside={<ContactCard />}>
      <StructuredData things={[organization(), breadcrumbs({ name: 'Contact', path: '/contact' })]} />
      <PageHead title="Contact">
        <a href={site.phoneHref} className="link whitespace-nowrap">
          Call us
        </a>
        ,{' '}
        <a href={`mailto:${site.email}`} className="link">
          email us
        </a>
        , or use this form. They all reach the same people.
      </PageHead>
      <h2 className="mb-6">Send us a message</h2>
      <EnhancedForm form="inquiry" />
    </Columns>
  )
}
