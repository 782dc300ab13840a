import { Link } from '@react-email/components'
import { underlined } from '#emails/layout'
import { paint } from '#emails/palette'
import { wrap } from '#emails/prose'

function sentenceOf(cause: string): string {
  return `You get this mail because ${cause}. If that was not you, ignore it.`
}

/** The foot of a mail to a lead: why it came, and one link that stops all further ones. */
export function reasonFor(cause: string, unsubscribeUrl: string) {
  return (
    <>
      {`${sentenceOf(cause)} `}
      <Link href={unsubscribeUrl} {...paint('muted', underlined)}>
        Stop all mail to this address
      </Link>
    </>
  )
}

/** The same as plain text, its link in full. */
export function reasonText(cause: string, unsubscribeUrl: string): string {
  return `${wrap(sentenceOf(cause))}\nStop all mail to this address:\n${unsubscribeUrl}`
}
