import type { Metadata } from 'next'
import { EnhancedForm } from '#ui/enhanced-form'
import { TrialRequest } from './trial-request'

export const metadata: Metadata = {
  title: 'Request a free trial',
  description:
    'Request a free trial of TrackStat for your chiropractic practice. It starts when you confirm your email.',
  alternates: { canonical: '/trial' },
}

export default function TrialPage() {
  return (
    <TrialRequest lead="Try TrackStat in your own practice. Send this form, then confirm by email to start your trial.">
      <EnhancedForm form="trial" />
    </TrialRequest>
  )
}
