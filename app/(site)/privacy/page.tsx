import type { Metadata } from 'next'
import { site } from '#lib/site'
import { SampleNote } from '#ui/article-sample-note'
import { PageHead } from '#ui/columns'
import { ContactCard } from '#ui/contact-card'
import { Collected } from './collected'
import { Rights } from './rights'

export const metadata: Metadata = {
  title: 'Privacy and notice at collection',
  description:
    'What TrackStat’s forms collect, why, and for how long. Nothing is sold or shared, and no page carries a tracker.',
  alternates: { canonical: '/privacy' },
}

export default function PrivacyPage() {
  return (
    <>
      <PageHead title="Privacy and notice at collection">
        <p>
          This page says what our forms collect, what for, and for how long. The short version: what you type
          goes to our support, it is not sold or shared, and no page of ours carries a tracker.
        </p>
      </PageHead>
      <div className="prose">
        <SampleNote />
        <Collected />
        <Rights />
      </div>
      <div className="mt-12 max-w-prose">
        <ContactCard title={`Ask ${site.name}`} />
      </div>
    </>
  )
}
