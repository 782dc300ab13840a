import { forms, isFormName } from '#lib/forms/forms'

/** What the timeline says, in words for support. */
const HAPPENED: Record<string, string> = {
  submitted: 'Filled out a form',
  held: 'A form that looked like spam',
  'trial-requested': 'The trial was requested',
  'trial-active': 'The trial started',
  'trial-confirmed': 'Confirmed the trial',
  'trial-ending': 'The trial is about to end',
  'trial-expired': 'The trial ended',
  'trial-extended': 'The trial was extended',
  'trial-converted': 'Became a customer',
  'trial-cancelled': 'The trial was canceled',
  'trial-abandoned': 'Never confirmed the trial',
  'account-ready': 'The product set up the account',
  'account-late': 'The account was not there after ten minutes; support and the person were told',
  'confirmation-resent': 'Asked for a new confirmation link',
  unsubscribed: 'Unsubscribed from reminders and automatic replies',
}
/** Said by the event beside it: the form that was sent, the confirmation. */
export const TOLD_ALREADY = ['trial-requested', 'trial-active']

/** An event of the timeline as a sentence; a kind without words of its own stands as it is. */
export function sayEvent(kind: string, data: Record<string, unknown>): string {
  if (kind === 'demo-watched') return `Watched ${data.percent}% of the demo`
  if (kind === 'address-corrected')
    return data.to
      ? `Corrected the address; the request goes on as ${data.to}`
      : `This request stands in for ${data.from}, whose address was wrong`
  const form = String(data.form)
  if (kind === 'submitted' && isFormName(form)) return forms[form].activity
  return HAPPENED[kind] ?? kind
}
