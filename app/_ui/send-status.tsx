import { site } from '#lib/site'
import { Button } from '#ui/button'
import { Notice } from '#ui/notice'
import type { Trouble } from './send'
import type { Phase } from './use-delivery'

const what: Record<Trouble, string> = {
  unreachable: 'We could not reach the server.',
  unavailable: 'The server cannot take this at the moment.',
  'too-many': 'Too much was sent from your network in a short time.',
}

type Props = { phase: Phase; submit: string; sending: string; tryNow: () => void }

/** What is happening to a form that was sent, in a live region that is always on the page. */
export function SendStatus({ phase, submit, sending, tryNow }: Props) {
  return (
    <div role="status">
      {phase.is === 'sending' && <p className="sr-only">{sending}</p>}
      {phase.is === 'waiting' && (
        <Notice kind="problem" title={what[phase.why]}>
          <p>Everything you typed is kept. Trying again in {phase.seconds}&nbsp;s&nbsp;…</p>
          <Button type="button" kind="quiet" onClick={tryNow}>
            Try now
          </Button>
        </Notice>
      )}
      {phase.is === 'gave-up' && (
        <Notice kind="problem" title={what[phase.why]}>
          <p>
            We have stopped trying by ourselves. Everything you typed is kept: press “{submit}” to try again,
            or call{' '}
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
            You changed an answer, so we stopped sending the earlier one. Press “{submit}” when you are ready.
          </p>
        </Notice>
      )}
    </div>
  )
}
