import { Link } from '@react-email/components'
import { underlined } from '#emails/layout'
import { paint } from '#emails/palette'
import { wrap } from '#emails/prose'

/** What the link stops, and no more: a trial that is requested is written about all the same. */
const STOP = 'Unsubscribe from reminders and automatic replies'

function sentenceOf(cause: string): string {
  return `You’re getting this email because ${cause}. If that wasn’t you, you can ignore it.`
}

/** The foot of a mail to a lead: why it came, and one link to get no more of its kind. */
export function reasonFor(cause: string, unsubscribeUrl: string) {
  return (
    <>
      {`${sentenceOf(cause)} `}
      <Link href={unsubscribeUrl} {...paint('muted', underlined)}>
        {STOP}
      </Link>
    </>
  )
}

/** The same as plain text, its link in full. */
export function reasonText(cause: string, unsubscribeUrl: string): string {
  return `${wrap(sentenceOf(cause))}\n${STOP}:\n${unsubscribeUrl}`
}
