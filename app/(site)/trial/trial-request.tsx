import type { ReactNode } from 'react'
import { trialDuration } from '#lib/placeholders/durations'
import { Columns, PageHead } from '#ui/layout/columns'
import { ContactCard } from '#ui/layout/contact-card'
import { TrialPath } from '#ui/trial/trial-path'

/** The trial page's lead for a visitor without a cookie of ours. */
export function invitation(): string {
  return `Try TrackStat in your own practice, free for ${trialDuration()}. Send this form, then confirm by email to start. We ask for no payment details.`
}

/** The page around the trial form: prerendered and empty at `/trial`, filled in at `/trial/known`. */
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

/** Beside the trial form, also on `/review`. */
export function TrialAside() {
  return (
    <>
      <TrialPath />
      <ContactCard />
    </>
  )
}
