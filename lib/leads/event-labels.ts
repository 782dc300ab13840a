import type { TrialState } from '#lib/db/trial-states'
import { forms, isFormName } from '#lib/forms/forms'

/** Labels of the events of a trial, one for each state and one for extending. */
const TRIAL_LABELS: Record<`trial-${TrialState | 'extended'}`, string> = {
  'trial-requested': 'The trial was requested',
  'trial-confirmed': 'Confirmed the trial',
  'trial-active': 'The trial started',
  'trial-ending': 'The trial is about to end',
  'trial-expired': 'The trial ended',
  'trial-extended': 'The trial was extended',
  'trial-converted': 'Became a customer',
  'trial-cancelled': 'The trial was canceled',
  'trial-abandoned': 'Never confirmed the trial',
}
const LABELS: Record<string, string> = {
  ...TRIAL_LABELS,
  submitted: 'Filled out a form',
  held: 'A form that looked like spam',
  released: 'What was withheld as possible spam was sent',
  'account-ready': 'The account is set up',
  'account-late': 'The account was not there after ten minutes; support and the person were told',
  'confirmation-resent': 'Asked for a new confirmation link',
  unsubscribed: 'Unsubscribed from reminders and automatic replies',
}
/** Not shown in support's notice, because `submitted` and `trial-confirmed` beside them say the same. */
export const REDUNDANT_EVENTS = ['trial-requested', 'trial-active']

/** The label of an event for support; the kind itself where it has no label. */
export function eventLabel(kind: string, data: Record<string, unknown>): string {
  if (kind === 'demo-watched') return `Watched ${data.percent}% of the demo`
  if (kind === 'address-corrected')
    return data.to
      ? `Corrected the address; the request goes on as ${data.to}`
      : `This request replaces ${data.from}, whose address was wrong`
  const form = String(data.form)
  if (kind === 'submitted' && isFormName(form)) return forms[form].activity
  return LABELS[kind] ?? kind
}
