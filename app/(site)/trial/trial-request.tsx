import type { ReactNode } from 'react'
import { trialDuration } from '#lib/placeholders/settings'
import { Columns, PageHead } from '#ui/layout/columns'
import { TrialSteps } from './trial-steps'

/** The trial page's lead paragraph for a new visitor. */
export function newVisitorLead(): string {
  return `Try TrackStat in your own practice, free for ${trialDuration()}. Send this form, then confirm by email to start. We ask for no payment details.`
}

/** The page around the trial form: prerendered and empty at `/trial`, filled in at `/trial/known`. */
export function TrialRequest({ lead, children }: { lead: string; children: ReactNode }) {
  return (
    <Columns aside={<TrialSteps />}>
      <PageHead title="Request a free trial">{lead}</PageHead>
      {children}
    </Columns>
  )
}
