import type { MailKind } from '#emails/index'
import type { MailFate, MailPromise } from '#lib/mail/promise'
import { site } from '#lib/site'
import { Button } from '#ui/layout/button'
import { Notice } from '#ui/layout/notice'

/** What each mail to a visitor is, within a sentence. */
const MAILS: Partial<Record<MailKind, string>> = {
  'demo-thanks': 'an email with a link to watch again on any device',
  'inquiry-received': 'an email with your reference number',
  'trial-confirm': 'an email with the next step',
  'trial-access': 'an email on how to sign in',
}

/** What to do without this mail, where sending the form again would bring none: within 24 hours it is not stored again. */
const WITHOUT: Partial<Record<MailKind, string>> = {
  'demo-thanks': 'You can watch again in this browser',
  'inquiry-received': 'Note your reference number',
}

type Mail = { what: string; to: string; earlier: boolean; without?: string }
type Wording = { kind: 'info' | 'success' | 'problem'; title: string; text?: string; advice?: string }

/** Every sentence on what becomes of a mail. `advice` is followed by ", or call …". */
const WORDING: Record<Exclude<MailFate, 'none'>, (mail: Mail) => Wording> = {
  coming: ({ what, to }) => ({ kind: 'info', title: `We’re sending ${what} to ${to}.` }),
  sent: ({ what, to }) => ({ kind: 'info', title: `We sent ${what} to ${to}.` }),
  delayed: ({ what, to }) => ({
    kind: 'problem',
    title: 'Our email is late.',
    text: `We couldn’t send ${what} to ${to} yet. We keep trying for five days.`,
    advice: 'Wait for it',
  }),
  doubtful: ({ without = 'Try again later' }) => ({
    kind: 'problem',
    title: 'Your email may not have been sent.',
    text: 'Too many requests are coming in right now, from your network or in all. Your request is saved.',
    advice: without,
  }),
  flagged: ({ what, to }) => ({
    kind: 'info',
    title: 'We haven’t sent you an email yet.',
    text: `We have what you sent, and so does our support team. Something in it looked automated, such as many links, or a field that a form filler filled in. Press the button to get ${what} at ${to}.`,
  }),
  held: () => ({
    kind: 'problem',
    title: 'We haven’t sent you an email.',
    text: 'We have what you sent, but it looked like spam, so nothing goes out unless a person here has checked it.',
    advice: 'Wait for that',
  }),
  withheld: ({ to, earlier, without = 'Try again tomorrow' }) => ({
    kind: 'problem',
    title: `We haven’t sent you ${earlier ? 'another' : 'an'} email.`,
    text: `We have what you sent. We can’t email ${to} right now: it has reached its limit of emails in 24 hours, or it asked us for no automatic emails.`,
    advice: earlier ? 'Use the newest email you have' : without,
  }),
  failed: ({ what, to }) => ({
    kind: 'problem',
    title: 'We couldn’t deliver our email.',
    text: `We have what you sent, but ${to} didn’t get ${what}.`,
    advice: 'Check the address',
  }),
}

type Props = {
  promise: MailPromise
  mail: MailKind
  to: string
  /** The submission's reference, where this browser sent it: then a flagged mail has its button. */
  reference?: string
}

/** Says what becomes of a mail to the visitor: it is on its way, or why not and what to do. */
export function MailPromiseNotice({ promise: { fate, earlier }, mail, to, reference }: Props) {
  if (fate === 'none') return null
  const named = { what: MAILS[mail] ?? 'an email', to, earlier, without: WITHOUT[mail] }
  const { kind, title, text, advice } = WORDING[fate](named)
  if (!text && !advice) return <p className="text-muted">{title}</p>
  return (
    <Notice kind={kind} title={title}>
      {text && <p>{text}</p>}
      {fate === 'flagged' && reference && (
        <form method="post" action="/api/held-mail">
          <input type="hidden" name="reference" value={reference} />
          <Button type="submit">Send me the email</Button>
        </form>
      )}
      {advice && (
        <p>
          {advice}, or call{' '}
          <a href={site.phoneHref} className="link whitespace-nowrap font-semibold">
            {site.phone}
          </a>
          .
        </p>
      )}
    </Notice>
  )
}
