import { Button } from '#ui/button'

type Props = { token?: string; kind?: 'primary' | 'quiet' }

/** Has the confirmation mail sent again: to the visitor we know by cookie, or to the one a link belongs to. */
export function ResendForm({ token, kind = 'quiet' }: Props) {
  return (
    <form method="post" action="/api/trials/resend">
      {token && <input type="hidden" name="token" value={token} />}
      <Button type="submit" kind={kind}>
        {token ? 'Send me a new link' : 'Send the mail again'}
      </Button>
    </form>
  )
}
