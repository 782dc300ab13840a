import { Link } from '@react-email/components'
import { underlined } from '#emails/layout'
import { paint } from '#emails/palette'
import { wrap } from '#emails/plain-text'

/** The unsubscribe link's text says what it stops: mails about a requested trial still go out. */
const UNSUBSCRIBE = 'Unsubscribe from reminders and automatic replies'

function sentenceOf(cause: string): string {
  return `You’re getting this email because ${cause}. If that wasn’t you, you can ignore it.`
}

/** The footer of a mail to a lead: the reason for the mail, and the unsubscribe link. */
export function reasonFor(cause: string, unsubscribeUrl: string) {
  return (
    <>
      {`${sentenceOf(cause)} `}
      <Link href={unsubscribeUrl} {...paint('muted', underlined)}>
        {UNSUBSCRIBE}
      </Link>
    </>
  )
}

/** The same as plain text, its link in full. */
export function reasonText(cause: string, unsubscribeUrl: string): string {
  return `${wrap(sentenceOf(cause))}\n${UNSUBSCRIBE}:\n${unsubscribeUrl}`
}
