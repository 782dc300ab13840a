/** The webhook type of each kind of event that is sent to the receiver: see docs/webhooks.md. */
const WEBHOOK_TYPES: Record<string, string> = {
  submitted: 'lead.submitted',
  // Of a submission that was held: it was not announced before.
  released: 'lead.submitted',
  'demo-watched': 'demo.watched',
  'trial-requested': 'trial.requested',
  // A confirmed trial starts at once, so `trial-confirmed` itself gets no webhook.
  'trial-active': 'trial.confirmed',
  'trial-ending': 'trial.ending',
  'trial-extended': 'trial.extended',
  'trial-expired': 'trial.expired',
  'trial-converted': 'trial.converted',
  'trial-cancelled': 'trial.cancelled',
}

/** The type of an event's webhook; undefined if it gets none. */
export function webhookTypeOf(kind: string): string | undefined {
  return WEBHOOK_TYPES[kind]
}
