import type { Metadata } from 'next'
import { PageHead } from '#ui/layout/columns'
import { Collected } from './collected'
import { Rights } from './rights'

export const metadata: Metadata = {
  title: 'Privacy and notice at collection',
  description:
    'What TrackStat’s forms and demo collect, why, and for how long. Nothing is sold or shared, and there are no third-party trackers.',
  alternates: { canonical: '/privacy' },
}

export default function PrivacyPage() {
  return (
    <div className="max-w-2xl">
      <PageHead title="Privacy and notice at collection">
        This page says what we collect, why, and how long we keep it. The short version: what you send goes to
        our support team, we do not sell or share it, and there are no third-party trackers.
      </PageHead>
      <div className="prose">
        <Collected />
        <Rights />
      </div>
    </div>
  )
}
