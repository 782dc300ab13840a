import { Button } from '#ui/button'

type Props = { token?: string; kind?: 'primary' | 'quiet'; left?: number }

/** Has the confirmation mail sent again: to the visitor we know by cookie, or to the one a link belongs to. */
export function ResendForm({ token, kind = 'quiet', left }: Props) {
  if (left === 0)
    return (
      <p>It was sent as often as is possible today. Tomorrow it can be sent again; or call or write to us.</p>
    )
  return (
    <form method="post" action="/api/trials/resend">
      {token && <input type="hidden" name="token" value={token} />}
      <Button type="submit" kind={kind}>
        {token ? 'Send me a new link' : 'Send the mail again'}
      </Button>
      {left !== undefined && (
        <p className="mt-2 text-sm text-muted">
          Possible {left === 1 ? 'once more' : `${left} times more`} today. Each mail brings a new link and
          code.
        </p>
      )}
    </form>
  )
}
