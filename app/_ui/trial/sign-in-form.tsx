import { Button } from '#ui/layout/button'
import { Notice } from '#ui/layout/notice'
import { numberWord } from './number-word'

type Props = {
  /** The token of a confirmation link; without it the trial is the one of the visitor's cookie. */
  token?: string
  /** The form was just sent. */
  asked: boolean
  /** How many emails of the trial one address gets in 24 hours. */
  limit: number
}

/** Mails how to sign in to the trial's own address. */
export function SignInForm({ token, asked, limit }: Props) {
  return (
    <>
      {asked && (
        <Notice title="Look for our email.">
          <p>
            We send it to the address of this trial, at most {numberWord(limit)} in 24 hours with the emails
            before it. If it doesn’t come, use the newest email you have, try again tomorrow, or call or email
            us.
          </p>
        </Notice>
      )}
      <form method="post" action="/api/trials/sign-in">
        {token && <input type="hidden" name="token" value={token} />}
        <Button type="submit" kind={asked ? 'quiet' : 'primary'}>
          Email me how to sign in
        </Button>
      </form>
    </>
  )
}
