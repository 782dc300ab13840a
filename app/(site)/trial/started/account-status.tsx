import { waitSentence } from '#emails/trial-wait'
import { isRunning } from '#lib/db/trial-states'
import { MAILS_A_DAY } from '#lib/mail/allowance'
import type { Trial } from '#lib/trials/find'
import { ButtonLink } from '#ui/layout/button'
import { Notice } from '#ui/layout/notice'
import { Poll } from '#ui/layout/poll'
import { SignInForm } from '#ui/trial/sign-in-form'

type Props = {
  trial: Trial
  /** Whether this browser proved the mailbox. Without proof no sign-in link is shown. */
  proved: boolean
  /** The visitor requested the sign-in link by mail. */
  asked?: boolean
}

/** The sign-in link, or the state of the account. A live region: changes are announced. */
export function AccountStatus({ trial, proved, asked = false }: Props) {
  if (!isRunning(trial.state)) return null
  if (!proved) return <SignInByMail asked={asked} />
  return <div role="status">{accountNotice(trial)}</div>
}

/** The trial was confirmed in another browser, or this one lost the response. */
function SignInByMail({ asked }: { asked: boolean }) {
  return (
    <>
      <Notice title="Your way in is in your email.">
        <p>
          We email it to the address of this trial. This browser doesn’t show it: the trial was confirmed in
          another one, or the confirmation didn’t reach this page.
        </p>
      </Notice>
      <SignInForm asked={asked} limit={MAILS_A_DAY} />
    </>
  )
}

function accountNotice({ account, loginUrl, waitingDays }: Trial) {
  const wait = waitingDays === undefined ? null : <p>{waitSentence(waitingDays)}</p>
  if (loginUrl)
    return (
      <Notice kind="success" title="Your account is ready.">
        <p>We’ll email you the link, too.</p>
        <ButtonLink href={loginUrl}>Sign in to TrackStat</ButtonLink>
      </Notice>
    )
  if (account === 'preparing')
    return (
      <Notice title="Your account is being prepared.">
        <p>This usually takes a minute or two. Your sign-in link will appear here and in your email.</p>
        {wait}
        <p>
          <Poll href="/trial/started" />
        </p>
      </Notice>
    )
  if (account === 'late')
    return (
      <Notice kind="problem" title="Your account is taking longer than it should.">
        <p>
          We’re sorry. Support has been notified and you don’t need to do anything: we’ll email your sign-in
          link when it is ready.
        </p>
        {wait}
      </Notice>
    )
  if (account === 'ready')
    return (
      <Notice kind="success" title="Your access is set up.">
        <p>If you don’t have what you need to sign in, call or email us.</p>
      </Notice>
    )
  return (
    <Notice title="We’ll set up your access with you.">
      <p>Support has your confirmation and your practice details and will contact you.</p>
      {wait}
    </Notice>
  )
}
