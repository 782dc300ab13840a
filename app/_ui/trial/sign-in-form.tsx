import { Button } from '#ui/layout/button'
import { Notice } from '#ui/layout/notice'

type Props = {
  /** Of a confirmation link; without it the visitor's cookie names the trial. */
  token?: string
  /** It was pressed. */
  asked: boolean
}

/** Has the way into a trial mailed to the trial's own address. */
export function SignInForm({ token, asked }: Props) {
  return (
    <>
      {asked && (
        <Notice title="Look for our email.">
          <p>
            We send it to the address of this trial, at most three in 24 hours with the emails before it. If
            it doesn’t come, use the newest email you have, try again tomorrow, or call or email us.
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
