/**
 * The states of a trial, declared once: type, check constraints, indexes, labels and API derive from this list.
 * The order is that of the API's documentation.
 */
export const TRIAL_STATES = [
  'requested',
  'confirmed',
  'active',
  'ending',
  'expired',
  'converted',
  'cancelled',
  'abandoned',
] as const
export type TrialState = (typeof TRIAL_STATES)[number]

/** Who or what changed a trial. */
export const TRIAL_CAUSES = ['visitor', 'clock', 'support', 'product'] as const
export type TrialCause = (typeof TRIAL_CAUSES)[number]

/**
 * Which state may follow which. Enforced by `trial_may_become()` in functions/check_trial_change.sql; a test compares the
 * two. Extending a trial, which makes it active again, has separate rules there.
 */
export const NEXT_STATES: Record<TrialState, readonly TrialState[]> = {
  requested: ['confirmed', 'abandoned', 'cancelled'],
  confirmed: ['active', 'cancelled'],
  active: ['ending', 'converted', 'cancelled'],
  ending: ['expired', 'converted', 'cancelled'],
  expired: ['converted'],
  converted: [],
  cancelled: [],
  abandoned: ['requested', 'cancelled'],
}

/** Confirmed and not ended. A person has at most one such trial. */
export const RUNNING_STATES: readonly TrialState[] = ['confirmed', 'active', 'ending']
/** Not started, so without dates. A canceled trial may have dates or not. */
export const UNSTARTED_STATES: readonly TrialState[] = ['requested', 'confirmed', 'abandoned']
/** The mailbox has not been proved; a new link can still be sent. */
const UNCONFIRMED_STATES: readonly TrialState[] = ['requested', 'abandoned']

export function isRunning(state: TrialState): boolean {
  return RUNNING_STATES.includes(state)
}

export function isUnconfirmed(state: TrialState): boolean {
  return UNCONFIRMED_STATES.includes(state)
}
