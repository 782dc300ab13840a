import { site } from '#lib/site'
import { Notice } from '#ui/layout/notice'

type Props = { result?: 'resent' | 'limit' | 'capped' }

/** Whether the requested new confirmation mail is on its way, and if not, why and what to do. */
export function ResendResult({ result }: Props) {
  if (result === 'resent')
    return (
      <Notice kind="success" title="A new email is on its way.">
        <p>
          Use the link or code in the newest email; older ones no longer work. One address gets at most three
          of these emails in 24 hours.
        </p>
      </Notice>
    )
  if (result === undefined) return null
  const { title, advice } = NOT_SENT[result]
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

const NOT_SENT = {
  limit: {
    title: 'We’ve reached the limit of three emails in 24 hours.',
    advice: 'Use the newest email, try again tomorrow',
  },
  capped: {
    title: 'Your email may not have been sent.',
    advice:
      'Too many requests are coming in right now, from your network or in all. Your request is saved. Send the email again later on this page',
  },
}
