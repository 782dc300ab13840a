import { site } from '#lib/site'
import { Notice } from '#ui/layout/notice'

/** What became of a confirmation that was asked for again. */
export function Resent({ said }: { said?: 'resent' | 'limit' | 'capped' }) {
  if (said === 'resent')
    return (
      <Notice kind="success" title="A new email is on its way.">
        <p>
          Use the link or code in the newest email; older ones no longer work. One address gets at most three
          of these emails in 24 hours.
        </p>
      </Notice>
    )
  if (said === 'limit')
    return (
      <Notice kind="problem" title="We’ve reached the limit of three emails in 24 hours.">
        <p>
          Use the newest email, try again tomorrow, or call{' '}
          <a href={site.phoneHref} className="link whitespace-nowrap font-semibold">
            {site.phone}
          </a>
          .
        </p>
      </Notice>
    )
  if (said === 'capped')
    return (
      <Notice kind="problem" title="Your email may not have been sent.">
        <p>
          Too many requests are coming in right now, from your network or in all. Your request is saved. Send
          the email again later on this page, or call{' '}
          <a href={site.phoneHref} className="link whitespace-nowrap font-semibold">
            {site.phone}
          </a>
          .
        </p>
      </Notice>
    )
  return null
}
