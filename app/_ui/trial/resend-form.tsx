import { Button } from '#ui/layout/button'

type Props = { token?: string; kind?: 'primary' | 'quiet'; left?: number }

/** Sends the confirmation mail again: for the visitor of the cookie, or for the trial of a confirmation link's token. */
export function ResendForm({ token, kind = 'quiet', left }: Props) {
  if (left === 0)
    return <p>We’ve sent the most emails we can in 24 hours. Try again tomorrow, or call or email us.</p>
  return (
    <form method="post" action="/api/trials/resend">
      {token && <input type="hidden" name="token" value={token} />}
      <Button type="submit" kind={kind}>
        {token ? 'Send me a new link' : 'Send the email again'}
      </Button>
      {left !== undefined && (
        <p className="mt-2 text-sm text-muted">
          You can do this {left === 1 ? 'one more time' : `${left} more times`} within 24 hours, unless the
          limit for all our emails to this address comes first. Only the newest email’s link and code work.
        </p>
      )}
    </form>
  )
}
