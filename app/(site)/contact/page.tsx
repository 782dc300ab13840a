import type { Metadata } from 'next'
import { site } from '#lib/site'
import { ButtonLink } from '#ui/button'
import { Columns, PageHead } from '#ui/columns'
import { ContactCard } from '#ui/contact-card'
import { EnhancedForm } from '#ui/enhanced-form'

export const metadata: Metadata = {
  title: 'Contact',
  description: `Reach ${site.name} by telephone at ${site.phone}, by mail at ${site.email}, or with the form.`,
  alternates: { canonical: '/contact' },
}

export default function ContactPage() {
  return (
    <Columns aside={<Aside />}>
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

function Aside() {
  return (
    <>
      <ContactCard title="Telephone, mail, place" />
      <div>
        <ButtonLink kind="quiet" href="/contact.vcf" download="trackstat.vcf">
          Save to your contacts
        </ButtonLink>
        <p className="mt-2 text-sm text-muted">A vCard file that telephones and mail programs open.</p>
      </div>
    </>
  )
}
