import { isRunning, type Trial } from '#lib/trials/find'
import { ButtonLink } from '#ui/button'
import { Notice } from '#ui/notice'
import { LookAgain } from './look-again'

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
        <p>You get the link by mail, too.</p>
        <ButtonLink href={loginUrl}>Sign in to TrackStat</ButtonLink>
      </Notice>
    )
  if (account === 'preparing')
    return (
      <Notice title="Your account is being prepared.">
        <p>As a rule this takes a minute or two. The link to sign in will stand here, and comes by mail.</p>
        <p>
          <LookAgain href="/trial/started" />
        </p>
      </Notice>
    )
  if (account === 'late')
    return (
      <Notice kind="problem" title="Your account takes longer than it should.">
        <p>
          We are sorry. Our support is told of it, and there is nothing for you to do: the link to sign in
          comes by mail as soon as it is there. If you lose days by it, tell us, and we add them.
        </p>
      </Notice>
    )
  return (
    <Notice title="We set up your access together with you.">
      <p>
        Support has your confirmation and what you told us about your practice, and gets in touch with you.
      </p>
    </Notice>
  )
}
