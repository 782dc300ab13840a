import type { Metadata } from 'next'
import { breadcrumbs, organization } from '#app/_ui/layout/schema-org'
import { FILM_SECONDS } from '#lib/demo/scenes'
import { EnhancedForm } from '#ui/form/enhanced-form'
import { Columns, PageHead } from '#ui/layout/columns'
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
    <Columns aside={<Aside />} wideAside>
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
      <Poster />
      <Steps
        steps={[
          'The demo opens right away. Nothing to install.',
          'To watch again, on any device, use the link in our email. If we can’t send it, the next page says so.',
          'If it fits your practice, request a free trial. Your answers here carry over.',
        ]}
      />
    </>
  )
}

/** Of the sample film: `server/static-pages.ts` hides it where the operator has a film of their own. */
function Poster() {
  return (
    <figure data-sample-film="">
      <picture>
        <img
          src="/demo/poster.jpg"
          width={1280}
          height={720}
          loading="lazy"
          alt="From the demo: the weekly patients report, with sample data"
          className="h-auto w-full rounded-card border border-line"
        />
      </picture>
      <figcaption className="mt-2 text-sm text-muted">
        Five short scenes in {FILM_SECONDS} seconds, silent, with the same content in text.
      </figcaption>
    </figure>
  )
}
