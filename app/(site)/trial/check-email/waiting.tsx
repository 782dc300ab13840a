import type { Slip as Typed } from '#lib/leads/draft'
import type { Visitor } from '#lib/leads/visitor'
import type { Trial } from '#lib/trials/find'
import { EmailHint } from '#ui/email-hint'
import { Notice } from '#ui/notice'
import { ResendForm } from '#ui/resend-form'
import { Slip } from '#ui/slip'
import { TimeZoneField } from '#ui/time-zone-field'

type Props = { visitor: Visitor; trial: Trial; left: number; slip?: Typed; said?: 'resent' | 'limit' }

/** What can be done while the mail is on its way: type its code, have it sent again, correct the address. */
export function Waiting({ visitor, trial, left, slip, said }: Props) {
  return (
    <div className="space-y-8">
      {said === 'resent' && (
        <Notice kind="success" title="A new mail is on its way.">
          <p>
            Only the link and the code in the latest mail work. One address gets three mails a day from us.
          </p>
        </Notice>
      )}
      {said === 'limit' && <Notice kind="problem" title="No more mails of this kind can be sent today." />}
      <EmailHint suggestion={visitor.suggestion} again="#address" />
      {trial.status === 'waiting' && <Code trial={trial} slip={slip} />}
      <section aria-labelledby="no-mail" className="space-y-4">
        <h2 id="no-mail">{trial.status === 'waiting' ? 'No mail?' : 'The link has run out'}</h2>
        <p>
          {trial.status === 'waiting'
            ? 'Look into the spam folder first. If it is not there, have it sent again.'
            : 'Your request is still here. Have a new link and a new code sent.'}
        </p>
        <ResendForm left={left} />
      </section>
      <Address trial={trial} visitor={visitor} slip={slip} />
    </div>
  )
}

function Code({ trial, slip }: { trial: Trial; slip?: Typed }) {
  if (trial.triesLeft === 0)
    return (
      <Notice kind="problem" title="This code was tried too often">
        <p>Ask for a new mail below: it brings a new code. The link in the latest mail still works.</p>
      </Notice>
    )
  const wrong = slip?.form === 'code' ? slip : undefined
  return (
    <section aria-labelledby="by-code" className="space-y-4">
      <h2 id="by-code">Have the code?</h2>
      <Slip
        id="code"
        action="/api/trials/code"
        label="Code from the mail"
        hint="Six letters and digits. Capitals, spaces and hyphens make no difference."
        submit="Start my trial"
        error={wrong?.error}
        input={{
          type: 'text',
          name: 'code',
          defaultValue: wrong?.value,
          autoComplete: 'one-time-code',
          autoCapitalize: 'characters',
          spellCheck: false,
        }}
      >
        <TimeZoneField />
      </Slip>
    </section>
  )
}

function Address({ trial, visitor, slip }: { trial: Trial; visitor: Visitor; slip?: Typed }) {
  const wrong = slip?.form === 'address' ? slip : undefined
  return (
    <section aria-labelledby="wrong-address" className="space-y-4">
      <h2 id="wrong-address">Wrong address?</h2>
      {trial.corrected ? (
        <p>
          The address was corrected once already. If it is still wrong, call or write to us, or{' '}
          <a href="/trial" className="link font-semibold">
            fill out the form again
          </a>
          .
        </p>
      ) : (
        <Slip
          id="address"
          action="/api/trials/address"
          label="Your e-mail address"
          hint="Everything else stays as you filled it in. The address can be corrected once."
          submit="Correct the address"
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
    </section>
  )
}
