/**
 * The states of a trial, declared once: type, check constraints, indexes, labels and API derive from this list.
 * Which state may follow which: `trial_may_become()` in functions/check_trial_change.sql.
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

/** Confirmed and not ended. A person has at most one such trial. */
export const RUNNING_STATES: readonly TrialState[] = ['confirmed', 'active', 'ending']
/** Not started, so without dates. A canceled trial may have dates or not. */
export const UNSTARTED_STATES: readonly TrialState[] = ['requested', 'confirmed', 'abandoned']

export function isRunning(state: TrialState): boolean {
  return RUNNING_STATES.includes(state)
}

/** The mailbox has not been proved; a new link can still be sent. */
export function isUnconfirmed(state: TrialState): boolean {
  return state === 'requested' || state === 'abandoned'
}
