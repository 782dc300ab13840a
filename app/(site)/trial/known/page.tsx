import type { Metadata } from 'next'
import { currentVisit } from '#app/visit'
import { readKnown } from '#lib/leads/visitor'
import { PlainForm } from '#ui/plain-form'
import { TrialRequest } from '../trial-request'

export const metadata: Metadata = { title: 'Request a free trial', robots: { index: false } }

/** The trial form for a visitor who filled out a form before. Stands at /trial by a rewrite. */
export default async function KnownTrialPage() {
  const visitor = await readKnown(await currentVisit())
  return (
    <TrialRequest
      lead={
        visitor ? 'We filled in your earlier answers. Change anything that is no longer right.' : STRANGER
      }
    >
      <PlainForm form="trial" values={visitor?.values} suggestion={visitor?.suggestion} />
    </TrialRequest>
  )
}

const STRANGER =
  'Try TrackStat in your own practice. Send this form, then confirm by email to start your trial.'
