import type { ReactNode } from 'react'
import { trialLength } from '#lib/placeholders/durations'
import { Columns, PageHead } from '#ui/layout/columns'
import { ContactCard } from '#ui/layout/contact-card'
import { TrialPath } from '#ui/trial/trial-path'

/** What a visitor is offered whom we don't know yet. */
export function invitation(): string {
  return `Try TrackStat in your own practice, free for ${trialLength()}. Send this form, then confirm by email to start. We ask for no payment details.`
}

/** The page around the trial form; the form itself is prerendered for strangers, filled in for visitors we know. */
export function TrialRequest({ lead, children }: { lead: string; children: ReactNode }) {
  return (
    <Columns aside={<TrialAside />}>
      <PageHead title="Request a free trial">
        <p>{lead}</p>
      </PageHead>
      {children}
    </Columns>
  )
}

/** Beside the form, also where it comes back with something to correct. */
export function TrialAside() {
  return (
    <>
      <TrialPath />
      <ContactCard />
    </>
  )
}
