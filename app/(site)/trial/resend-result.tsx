import type { MailPromise } from '#lib/mail/promise'
import { numberWord } from '#lib/number-word'
import { site } from '#lib/site'
import { Notice } from '#ui/layout/notice'
import { MailPromiseNotice } from '../mail-promise'

type Props = {
  /** The button was pressed, or could not be anymore. */
  pressed?: 'resent' | 'limit'
  /** What becomes of the latest mail. */
  promise: MailPromise
  to: string
  /** How many of these emails one address gets in 24 hours. */
  limit: number
}

/** Whether the requested new confirmation mail is on its way, and if not, why and what to do. */
export function ResendResult({ pressed, promise, to, limit }: Props) {
  if (!pressed) return null
  if (pressed === 'limit')
    return (
      <Notice kind="problem" title={`We’ve reached the limit of ${numberWord(limit)} emails in 24 hours.`}>
        <p>
          Use the newest email, try again tomorrow, or call{' '}
          <a href={site.phoneHref} className="link whitespace-nowrap font-semibold">
            {site.phone}
          </a>
          .
        </p>
      </Notice>
    )
  const { fate } = promise
  if (fate !== 'coming' && fate !== 'sent')
    return <MailPromiseNotice promise={promise} mail="trial-confirm" to={to} />
  return (
    <Notice kind="success" title="A new email is on its way.">
      <p>
        Use the newest email; the link and code of older ones no longer work. One address gets at most{' '}
        {numberWord(limit)} of these emails in 24 hours.
      </p>
    </Notice>
  )
}
