import type { SingleFieldDraft as Typed } from '#lib/leads/draft'
import type { Visitor } from '#lib/leads/visitor'
import { MAILS_A_DAY } from '#lib/mail/allowance'
import type { MailFate, MailPromise } from '#lib/mail/promise'
import type { readTries } from '#lib/trials/code-tries'
import type { Trial } from '#lib/trials/find'
import { EmailHint } from '#ui/form/email-hint'
import { SingleFieldForm } from '#ui/form/single-field-form'
import { TimeZoneField } from '#ui/form/time-zone-field'
import { Disclosure } from '#ui/layout/disclosure'
import { Notice } from '#ui/layout/notice'
import { Poll } from '#ui/layout/poll'
import { ResendForm } from '#ui/trial/resend-form'
import { MailPromiseNotice } from '../../mail-promise'
import { ResendResult } from '../resend-result'

type Props = {
  visitor: Visitor
  trial: Trial
  /** What becomes of the latest mail. */
  promise: MailPromise
  /** Whether a code can be typed, or which limit of tries was reached. */
  tries: Awaited<ReturnType<typeof readTries>>
  /** Mails that can still be sent today. */
  left: number
  rejected?: Typed
  /** The button to send the mail again was pressed, or could not be anymore. */
  pressed?: 'resent' | 'limit'
}

const MAY_ARRIVE: MailFate[] = ['coming', 'sent', 'delayed', 'doubtful']

/** What is said at the resend button; undefined where there is none, because it would change nothing. */
function resendWording({ status }: Trial, { fate }: MailPromise) {
  if (fate === 'flagged' || fate === 'held') return undefined
  if (status !== 'unconfirmed')
    return { title: 'Your link no longer works', text: 'Your request is still here. Request a new email.' }
  if (fate === 'delayed') return undefined
  if (MAY_ARRIVE.includes(fate))
    return {
      title: 'Didn’t get the email?',
      text: 'Check your spam folder first. Still nothing? Send it again.',
    }
  return { title: 'Try again', text: 'If the address is right, send the email again later.' }
}

/** Until the request is confirmed: type the mail's code; folded until needed: send it again, correct the address. */
export function Waiting({ visitor, trial, promise, tries, left, rejected, pressed }: Props) {
  const { fate, earlier } = promise
  const { email, reference } = visitor
  const again = resendWording(trial, promise)
  const hasCode = earlier || MAY_ARRIVE.includes(fate)
  const arrives = fate === 'coming' || fate === 'sent'
  const takesCode = trial.status === 'unconfirmed' && hasCode && tries === 'open' && arrives
  return (
    <div className="space-y-8">
      <ResendResult pressed={pressed} promise={promise} to={email} limit={MAILS_A_DAY} />
      {!pressed && !arrives && (
        <MailPromiseNotice promise={promise} mail="trial-confirm" to={email} reference={reference} />
      )}
      <EmailHint suggestion={visitor.suggestion} again={trial.corrected ? '/trial' : '#address'} />
      {trial.status === 'unconfirmed' &&
        hasCode &&
        (tries === 'open' ? <Code rejected={rejected} /> : <NoCode by={tries} left={left} />)}
      <div>
        {again && (
          <Disclosure id="no-mail" title={again.title} open={!takesCode || pressed !== undefined}>
            <p>{again.text}</p>
            <ResendForm left={fate === 'withheld' && left > 0 ? undefined : left} />
          </Disclosure>
        )}
        <Address trial={trial} visitor={visitor} rejected={rejected} />
      </div>
    </div>
  )
}

/** The tries for codes are used up. The link in the mail still works, as it can't be guessed. */
function NoCode({ by, left }: { by: 'code' | 'mailbox'; left: number }) {
  if (by === 'mailbox')
    return (
      <Notice kind="problem" title="Too many codes were tried for this address">
        <p>For up to 24 hours codes don’t work here. The link in the newest email still works.</p>
      </Notice>
    )
  return (
    <Notice kind="problem" title="Too many tries with this code">
      <p>
        {left > 0 ? 'Request a new email below to get a new code.' : 'A new email has a new code.'} The link
        in the newest email still works.
      </p>
    </Notice>
  )
}

function Code({ rejected }: { rejected?: Typed }) {
  const wrong = rejected?.form === 'code' ? rejected : undefined
  return (
    <section aria-labelledby="by-code" className="space-y-4">
      <h2 id="by-code">Enter the code</h2>
      <SingleFieldForm
        id="code"
        action="/api/trials/code"
        label="Code from the email"
        hint="Six letters and digits. Capitals, spaces, and hyphens don’t matter."
        submit="Start my trial"
        error={wrong?.error}
        input={{
          type: 'text',
          name: 'code',
          defaultValue: wrong?.value,
          autoComplete: 'one-time-code',
          autoCapitalize: 'characters',
          spellCheck: false,
          // Six wide letters, their spacing, and the padding.
          className:
            'w-[calc(6*1.05em+2rem)] text-2xl font-semibold uppercase tracking-[0.12em] slashed-zero tabular-nums',
        }}
      >
        <TimeZoneField />
      </SingleFieldForm>
      <p className="text-sm text-muted">
        Opened the link on another device? <Poll href="/trial/check-email" />
      </p>
    </section>
  )
}

function Address({ trial, visitor, rejected }: { trial: Trial; visitor: Visitor; rejected?: Typed }) {
  const wrong = rejected?.form === 'address' ? rejected : undefined
  return (
    <Disclosure
      id="wrong-address"
      title="Wrong address?"
      // A link leads here from a suggestion.
      open={wrong !== undefined || visitor.suggestion !== undefined}
    >
      {trial.corrected ? (
        <p>
          You’ve already corrected the address once. If it is still wrong, call or email us, or{' '}
          <a href="/trial" className="link font-semibold">
            fill out the form again
          </a>
          .
        </p>
      ) : (
        <SingleFieldForm
          id="address"
          action="/api/trials/address"
          label="Your email address"
          hint="Your other answers stay the same. You can correct the address once."
          submit="Update my address"
          kind="quiet"
          error={wrong?.error}
          input={{
            name: 'email',
            type: 'email',
            inputMode: 'email',
            autoComplete: 'email',
            spellCheck: false,
            defaultValue: wrong?.value ?? visitor.email,
          }}
        />
      )}
    </Disclosure>
  )
}
