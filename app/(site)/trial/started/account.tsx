import { isRunning, type Trial } from '#lib/trials/find'
import { ButtonLink } from '#ui/button'
import { LookAgain } from '#ui/look-again'
import { Notice } from '#ui/notice'

type Props = {
  trial: Trial
  /** Whether this browser has shown that the mailbox is its own: whoever only typed the address is not let in. */
  proved: boolean
}

/** The way into the product, or what became of it. A live region: what changes here is read out. */
export function Account({ trial, proved }: Props) {
  if (!isRunning(trial.state)) return null
  return <div role="status">{proved ? sayAccount(trial) : <ByMail />}</div>
}

/** The trial was confirmed in another browser, by whoever has the mailbox. */
function ByMail() {
  return (
    <Notice title="Your way in is in your email.">
      <p>
        The trial was confirmed in another browser. Its sign-in link is shown there and sent by email. To see
        it here, open the link of the confirmation email in this browser.
      </p>
    </Notice>
  )
}

function sayAccount({ account, loginUrl }: Trial) {
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
        <p>
          <LookAgain href="/trial/started" />
        </p>
      </Notice>
    )
  if (account === 'late')
    return (
      <Notice kind="problem" title="Your account is taking longer than it should.">
        <p>
          We’re sorry. Support has been notified and you don’t need to do anything: we’ll email your sign-in
          link when it is ready. If this costs you trial days, call or email us.
        </p>
      </Notice>
    )
  return (
    <Notice title="We’ll set up your access with you.">
      <p>Support has your confirmation and your practice details and will contact you.</p>
    </Notice>
  )
}
