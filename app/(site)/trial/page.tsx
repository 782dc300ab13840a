import type { Metadata } from 'next'
import { EnhancedForm } from '#ui/form/enhanced-form'
import { newVisitorLead, TrialRequest } from './trial-request'

export const metadata: Metadata = {
  title: 'Request a free trial',
  description:
    'Request a free trial of TrackStat for your chiropractic practice. It starts when you confirm your email.',
  alternates: { canonical: '/trial' },
}

export default function TrialPage() {
  return (
    <TrialRequest lead={newVisitorLead()}>
      <EnhancedForm form="trial" />
    </TrialRequest>
  )
}
