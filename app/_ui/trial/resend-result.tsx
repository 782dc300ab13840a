import { site } from '#lib/site'
import { Notice } from '#ui/layout/notice'
import { numberWord } from './number-word'

type Props = {
  result?: 'resent' | 'limit' | 'capped'
  /** How many of these emails one address gets in 24 hours. */
  limit: number
}

/** Whether the requested new confirmation mail is on its way, and if not, why and what to do. */
export function ResendResult({ result, limit }: Props) {
  if (result === 'resent')
    return (
      <Notice kind="success" title="A new email is on its way.">
        <p>
          Use the link or code in the newest email; older ones no longer work. One address gets at most{' '}
          {numberWord(limit)} of these emails in 24 hours.
        </p>
      </Notice>
    )
  if (result === undefined) return null
  const { title, advice } = result === 'limit' ? limitReached(limit) : CAPPED
  return (
    <Notice kind="problem" title={title}>
      <p>
        {advice}, or call{' '}
        <a href={site.phoneHref} className="link whitespace-nowrap font-semibold">
          {site.phone}
        </a>
        .
      </p>
    </Notice>
  )
}

const limitReached = (limit: number) => ({
  title: `We’ve reached the limit of ${numberWord(limit)} emails in 24 hours.`,
  advice: 'Use the newest email, try again tomorrow',
})

const CAPPED = {
  title: 'Your email may not have been sent.',
  advice:
    'Too many requests are coming in right now, from your network or in all. Your request is saved. Send the email again later on this page',
}
