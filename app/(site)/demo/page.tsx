import type { Metadata } from 'next'
import { breadcrumbs, organization } from '#app/structured-data'
import { Columns, PageHead } from '#ui/columns'
import { ContactCard } from '#ui/contact-card'
import { EnhancedForm } from '#ui/enhanced-form'
import { Step, Steps } from '#ui/steps'
import { StructuredData } from '#ui/structured-data'
import { filmData } from './film-data'

export const metadata: Metadata = {
  title: 'Watch the demo',
  description:
    'Fill out a short form and watch how TrackStat works beside the EHR of a chiropractic practice.',
  alternates: { canonical: '/demo' },
}

export default function DemoPage() {
  return (
    <Columns aside={<Aside />}>
      <StructuredData
        things={[organization(), filmData(), breadcrumbs({ name: 'Watch the demo', path: '/demo' })]}
      />
      <PageHead title="Watch the demo">
        <p>
          See how TrackStat works beside the EHR of a chiropractic practice. Fill out this form, and the demo
          opens on the next page.
        </p>
      </PageHead>
      <EnhancedForm form="demo" />
    </Columns>
  )
}

function Aside() {
  return (
    <>
      <Steps>
        <Step>The demo opens at once. There is nothing to install.</Step>
        <Step>We mail you a link to it, so that you can watch it again or on another device.</Step>
        <Step>
          If it fits your practice, request a free trial: what you entered here is filled in already.
        </Step>
      </Steps>
      <ContactCard />
    </>
  )
}
