import type { Metadata } from 'next'
import { breadcrumbs, organization } from '#app/_ui/layout/schema-org'
import { EnhancedForm } from '#ui/form/enhanced-form'
import { Columns, PageHead } from '#ui/layout/columns'
import { ContactCard } from '#ui/layout/contact-card'
import { Steps } from '#ui/layout/steps'
import { StructuredData } from '#ui/layout/structured-data'
import { filmData } from './film-data'

export const metadata: Metadata = {
  title: 'Watch the demo',
  description: 'Fill out a short form and see how TrackStat works alongside a chiropractic practice’s EHR.',
  alternates: { canonical: '/demo' },
}

export default function DemoPage() {
  return (
    <Columns aside={<Aside />}>
      <StructuredData
        things={[organization(), filmData(), breadcrumbs({ name: 'Watch the demo', path: '/demo' })]}
      />
      <PageHead title="Watch the demo">
        See how TrackStat works alongside a chiropractic practice’s EHR. Fill out this form and the demo opens
        on the next page.
      </PageHead>
      <EnhancedForm form="demo" />
    </Columns>
  )
}

function Aside() {
  return (
    <>
      <Steps
        steps={[
          'The demo opens right away. Nothing to install.',
          'To watch again, on any device, use the link in our email. If we can’t send it, the next page says so.',
          'If it fits your practice, request a free trial. Your answers here carry over.',
        ]}
      />
      <ContactCard />
    </>
  )
}
