import { waitSentence } from '#emails/trial-wait'
import { database } from '#lib/db/connection'
import { isRunning } from '#lib/db/trial-states'
import { MAILS_A_DAY } from '#lib/mail/allowance'
import { type MailFate, type MailPromise, readMailPromise } from '#lib/mail/promise'
import type { Trial } from '#lib/trials/find'
import { ButtonLink } from '#ui/layout/button'
import { Notice } from '#ui/layout/notice'
import { Poll } from '#ui/layout/poll'
import { SignInForm } from '../sign-in-form'

type Props = {
  trial: Trial
  /** Whether this browser proved the mailbox. Without proof no sign-in link is shown. */
  proved: boolean
  /** From `readAccountMail()`; in a browser without proof from `readSignInMail()`. */
  mail: MailPromise
  /** The visitor requested the sign-in link by mail. */
  asked?: boolean
}

/** What becomes of the latest sign-in mail that the visitor requested. */
export function readSignInMail({ submissionId }: Pick<Trial, 'submissionId'>): Promise<MailPromise> {
  return readMailPromise(database(), submissionId, ['trial-access'])
}

/** The sign-in link, or the state of the account. A live region: changes are announced. */
export function AccountStatus({ trial, proved, mail, asked = false }: Props) {
  if (!isRunning(trial.state)) return null
  if (!proved) return <SignInByMail asked={asked ? mail : undefined} />
  return <div role="status">{accountNotice(trial, mail.fate)}</div>
}

/** The trial was confirmed in another browser, or this one lost the response. */
function SignInByMail({ asked }: { asked?: MailPromise }) {
  return (
    <>
      <Notice title="This browser doesn’t show your way in.">
        <p>The trial was confirmed in another one, or the confirmation didn’t reach this page.</p>
      </Notice>
      <SignInForm asked={asked} limit={MAILS_A_DAY} />
    </>
  )
}

/** Whether our mails reach the visitor, so that a later one may be promised. */
const ARRIVES: MailFate[] = ['coming', 'sent', 'delayed']
const LINK_MAIL: Partial<Record<MailFate, string>> = {
  coming: 'We’re emailing you the link, too.',
  sent: 'The link is in our email, too.',
  delayed: 'Our email with the link is late; you don’t need to wait for it.',
}

function accountNotice({ account, loginUrl, daysFromAccess }: Trial, mail: MailFate) {
  const wait = daysFromAccess === undefined ? null : <p>{waitSentence(daysFromAccess)}</p>
  const whenReady = `When it is ready, your sign-in link appears here${ARRIVES.includes(mail) ? ' and we email it to you' : ''}.`
  if (loginUrl)
    return (
      <Notice kind="success" title="Your account is ready.">
        <p>{LINK_MAIL[mail] ?? 'We couldn’t email you the link, so keep it.'}</p>
        <ButtonLink href={loginUrl}>Sign in to TrackStat</ButtonLink>
      </Notice>
    )
  if (account === 'preparing')
    return (
      <Notice title="Your account is being prepared.">
        <p>This usually takes a minute or two. {whenReady}</p>
        {wait}
        <p>
          <Poll href="/trial/started" />
        </p>
      </Notice>
    )
  if (account === 'late')
    return (
      <Notice kind="problem" title="Your account is taking longer than it should.">
        <p>We’re sorry. Support has been notified. {whenReady}</p>
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
      <p>Support gets your confirmation and your practice details, and will contact you.</p>
      {wait}
    </Notice>
  )
}
