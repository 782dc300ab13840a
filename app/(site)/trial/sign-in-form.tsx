import type { MailPromise } from '#lib/mail/promise'
import { numberWord } from '#lib/number-word'
import { Button } from '#ui/layout/button'
import { MailPromiseNotice } from '../mail-promise'

type Props = {
  /** The token of a confirmation link; without it the trial is the one of the visitor's cookie. */
  token?: string
  /** The form was just sent: what becomes of its mail. */
  asked?: MailPromise
  /** How many emails of the trial one address gets in 24 hours. */
  limit: number
}

/** Mails how to sign in to the trial's own address. */
export function SignInForm({ token, asked, limit }: Props) {
  return (
    <>
      {asked && <MailPromiseNotice promise={asked} mail="trial-access" to="the address of this trial" />}
      <form method="post" action="/api/trials/sign-in">
        {token && <input type="hidden" name="token" value={token} />}
        <Button type="submit" kind={asked ? 'quiet' : 'primary'}>
          Email me how to sign in
        </Button>
        {asked && (
          <p className="mt-2 text-sm text-muted">
            The address of this trial gets these emails, at most {numberWord(limit)} in 24 hours with the
            confirmations before them.
          </p>
        )}
      </form>
    </>
  )
}
