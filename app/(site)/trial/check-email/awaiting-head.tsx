import type { MailFate } from '#lib/mail/promise'
import { PageHead } from '#ui/layout/columns'

/** Where no mail is on its way, none can be checked. */
const UNSENT: MailFate[] = ['flagged', 'held', 'withheld', 'failed']
export const CHECK = 'Check your email'
export const titleOf = (fate: MailFate) => (UNSENT.includes(fate) ? 'We have your request' : CHECK)

/** Announces the mail where one is on its way; where none is, the page's notice says why. */
export function AwaitingHead({ fate, email }: { fate: MailFate; email: string }) {
  if (UNSENT.includes(fate)) return <PageHead title={titleOf(fate)} />
  const sending = fate === 'coming' ? 'We’re sending' : fate === 'sent' ? 'We sent' : 'The next step is'
  return (
    <PageHead title={CHECK}>
      We have your request. {sending} an email to <strong>{email}</strong>. For an address without a trial, it
      has a link and a code, and either starts the trial.
    </PageHead>
  )
}
