import { site } from '#lib/site'
import { Button } from '#ui/button'
import { Notice } from '#ui/notice'
import type { Trouble } from './send'
import type { Phase } from './use-delivery'

const what: Record<Trouble, string> = {
  unreachable: 'We couldn’t reach the server.',
  unavailable: 'The server can’t take this right now.',
  'too-many': 'Too many forms were sent from your network.',
}

type Props = { phase: Phase; submit: string; sending: string; tryNow: () => void }

/** What is happening to a form that was sent, in a live region that is always on the page. */
export function SendStatus({ phase, submit, sending, tryNow }: Props) {
  return (
    <div role="status">
      {phase.is === 'sending' && <p className="sr-only">{sending}</p>}
      {phase.is === 'waiting' && (
        <Notice kind="problem" title={what[phase.why]}>
          <p>
            Nothing you typed is lost. Trying again in {phase.seconds}&nbsp;
            {phase.seconds === 1 ? 'second' : 'seconds'}…
          </p>
          <Button type="button" kind="quiet" onClick={tryNow}>
            Try now
          </Button>
        </Notice>
      )}
      {phase.is === 'gave-up' && (
        <Notice kind="problem" title={what[phase.why]}>
          <p>
            We’ve stopped trying automatically. Nothing you typed is lost: press “{submit}” to try again, or
            call{' '}
            <a href={site.phoneHref} className="link whitespace-nowrap font-semibold">
              {site.phone}
            </a>
            .
          </p>
        </Notice>
      )}
      {phase.is === 'edited' && (
        <Notice title="Not sent yet">
          <p>
            You changed an answer, so the earlier version was not sent again. Press “{submit}” when you’re
            ready.
          </p>
        </Notice>
      )}
    </div>
  )
}
