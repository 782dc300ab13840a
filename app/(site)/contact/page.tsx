import type { Metadata } from 'next'
import { breadcrumbs, organization } from '#app/structured-data'
import { site } from '#lib/site'
import { Columns, PageHead } from '#ui/columns'
import { ContactCard } from '#ui/contact-card'
import { EnhancedForm } from '#ui/enhanced-form'
import { StructuredData } from '#ui/structured-data'

export const metadata: Metadata = {
  title: 'Contact',
  description: `Reach ${site.name} by telephone at ${site.phone}, by mail at ${site.email}, or with the form.`,
  alternates: { canonical: '/contact' },
}

export default function ContactPage() {
  return (
    <Columns aside={<ContactCard title="Telephone, mail, place" />}>
      <StructuredData things={[organization(), breadcrumbs({ name: 'Contact', path: '/contact' })]} />
      <PageHead title="Contact">
        <p>
          Call{' '}
          <a href={site.phoneHref} className="link whitespace-nowrap">
            {site.phone}
          </a>
          , write to{' '}
          <a href={`mailto:${site.email}`} className="link">
            {site.email}
          </a>
          , or send this form. It goes to the same people.
        </p>
      </PageHead>
      <h2 className="mb-6">Write to us</h2>
      <EnhancedForm form="inquiry" />
    </Columns>
  )
}
