import type { TrialState } from '#lib/db/trial-states'

/** The webhook type of each kind of event that a receiver is told of: see docs/webhooks.md. */
const WEBHOOK_TYPES: Record<string, string> = {
  submitted: 'lead.submitted',
  'demo-watched': 'demo.watched',
  'trial-requested': 'trial.requested',
  // A confirmed trial starts at once; `trial-confirmed` itself is not announced.
  'trial-active': 'trial.confirmed',
  'trial-ending': 'trial.ending',
  'trial-extended': 'trial.extended',
  'trial-expired': 'trial.expired',
  'trial-converted': 'trial.converted',
  'trial-cancelled': 'trial.cancelled',
}

/** The type of the webhook for an event, undefined where no receiver is told of it. */
export function webhookTypeOf(kind: string): string | undefined {
  return WEBHOOK_TYPES[kind]
}

/** The same for the event of a trial's change. An abandoned request that is resumed is not announced again. */
export function trialWebhookType(kind: string, from: TrialState | null): string | undefined {
  return kind === 'trial-requested' && from ? undefined : webhookTypeOf(kind)
}
