import type { Slip as Typed } from '#lib/leads/draft'
import type { Visitor } from '#lib/leads/visitor'
import { site } from '#lib/site'
import type { Trial } from '#lib/trials/find'
import { EmailHint } from '#ui/email-hint'
import { LookAgain } from '#ui/look-again'
import { Notice } from '#ui/notice'
import { ResendForm } from '#ui/resend-form'
import { Slip } from '#ui/slip'
import { TimeZoneField } from '#ui/time-zone-field'

type Props = {
  visitor: Visitor
  trial: Trial
  left: number
  slip?: Typed
  said?: 'resent' | 'limit' | 'capped'
}

/** What can be done while the mail is on its way: type its code, have it sent again, correct the address. */
export function Waiting({ visitor, trial, left, slip, said }: Props) {
  return (
    <div className="space-y-8">
      {said === 'resent' && (
        <Notice kind="success" title="A new email is on its way.">
          <p>
            Use the link or code in the newest email; older ones no longer work. One address gets at most
            three of these emails in 24 hours.
          </p>
        </Notice>
      )}
      {said === 'capped' && (
        <Notice kind="problem" title="Your email may not have been sent.">
          <p>
            Too many requests are coming in right now, from your network or in all. Your request is saved.
            Send the email again later on this page, or call{' '}
            <a href={site.phoneHref} className="link whitespace-nowrap font-semibold">
              {site.phone}
            </a>
            .
          </p>
        </Notice>
      )}
      {said === 'limit' && (
        <Notice kind="problem" title="We’ve reached the limit of three emails in 24 hours.">
          <p>
            Use the newest email, try again tomorrow, or call{' '}
            <a href={site.phoneHref} className="link whitespace-nowrap font-semibold">
              {site.phone}
            </a>
            .
          </p>
        </Notice>
      )}
      <EmailHint suggestion={visitor.suggestion} again={trial.corrected ? '/trial' : '#address'} />
      {trial.status === 'waiting' && <Code trial={trial} slip={slip} />}
      <section aria-labelledby="no-mail" className="space-y-4">
        <h2 id="no-mail">{trial.status === 'waiting' ? 'Didn’t get the email?' : 'Your link has expired'}</h2>
        <p>
          {trial.status === 'waiting'
            ? 'Check your spam folder first. Still nothing? Send it again.'
            : 'Your request is still here. Send yourself a new link and code.'}
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
      <Notice kind="problem" title="Too many tries with this code">
        <p>Request a new email below to get a new code. The link in the newest email still works.</p>
      </Notice>
    )
  const wrong = slip?.form === 'code' ? slip : undefined
  return (
    <section aria-labelledby="by-code" className="space-y-4">
      <h2 id="by-code">Have the code?</h2>
      <Slip
        id="code"
        action="/api/trials/code"
        label="Code from the email"
        hint="Six letters and digits. Capitals, spaces and hyphens don’t matter."
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
      <p className="text-sm text-muted">
        Opened the link on another device? <LookAgain href="/trial/check-email" />
      </p>
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
          You’ve already corrected the address once. If it is still wrong, call or email us, or{' '}
          <a href="/trial" className="link font-semibold">
            fill out the form again
          </a>
          .
        </p>
      ) : (
        <Slip
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
    </section>
  )
}
