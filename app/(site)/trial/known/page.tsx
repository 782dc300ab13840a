import type { Metadata } from 'next'
import { trialLength } from '#app/lengths'
import { currentVisit } from '#app/visit'
import { readKnown } from '#lib/leads/visitor'
import { PlainForm } from '#ui/plain-form'
import { invitation, TrialRequest } from '../trial-request'

export const metadata: Metadata = { title: 'Request a free trial', robots: { index: false } }

/** The trial form for a visitor who filled out a form before. Stands at /trial by a rewrite. */
export default async function KnownTrialPage() {
  const visitor = await readKnown(await currentVisit())
  return (
    <TrialRequest lead={visitor ? `Free for ${trialLength()}. ${KNOWN}` : invitation()}>
      <PlainForm form="trial" values={visitor?.values} suggestion={visitor?.suggestion} />
    </TrialRequest>
  )
}

const KNOWN = 'We filled in your earlier answers: change anything that is no longer right.'
