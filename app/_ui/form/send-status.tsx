import { type ComponentProps, useEffect, useState } from 'react'
import { site } from '#lib/site'
import { Button } from '#ui/layout/button'
import { Notice } from '#ui/layout/notice'
import type { Trouble } from './send-form'
import type { Phase } from './use-delivery'

const TROUBLE_TITLES: Record<Trouble, string> = {
  unreachable: 'We couldn’t reach the server.',
  unavailable: 'The server can’t take this right now.',
  'too-many': 'Too many forms were sent from your network.',
}

type Props = { phase: Phase; submit: string; sending: string; tryNow: () => void }

/** The state of a sent form, in a live region that always exists. */
export function SendStatus({ phase, submit, sending, tryNow }: Props) {
  const tryNowButton = (
    <Button type="button" kind="quiet" onClick={tryNow}>
      Try now
    </Button>
  )
  return (
    <div role="status">
      {phase.is === 'sending' && <Sending text={sending} />}
      {phase.is === 'offline' && (
        <NoticeInView kind="problem" title="You’re offline. We’ll send this as soon as you’re back.">
          <p>Nothing you typed is lost. Keep this page open.</p>
          {tryNowButton}
        </NoticeInView>
      )}
      {phase.is === 'waiting' && (
        <NoticeInView kind="problem" title={TROUBLE_TITLES[phase.why]}>
          <p>
            Nothing you typed is lost. Trying again in {phase.seconds}&nbsp;
            {phase.seconds === 1 ? 'second' : 'seconds'}…
          </p>
          {tryNowButton}
        </NoticeInView>
      )}
      {phase.is === 'gave-up' && (
        <NoticeInView kind="problem" title={TROUBLE_TITLES[phase.why]}>
          <p>
            We’ve stopped trying automatically. Nothing you typed is lost: press “{submit}” to try again, or
            call{' '}
            <a href={site.phoneHref} className="link whitespace-nowrap font-semibold">
              {site.phone}
            </a>
            .
          </p>
        </NoticeInView>
      )}
      {phase.is === 'edited' && (
        <NoticeInView unlessTyping title="Not sent yet">
          <p>
            You changed an answer, so the earlier version was not sent again. Press “{submit}” when you’re
            ready.
          </p>
        </NoticeInView>
      )}
    </div>
  )
}

const SLOW_MS = 5_000

/** Screen readers hear it at once, others see the button. After 5 s a visible notice appears. */
function Sending({ text }: { text: string }) {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setSlow, SLOW_MS, true)
    return () => clearTimeout(timer)
  }, [])
  if (!slow) return <p className="sr-only">{text}</p>
  return <NoticeInView title="Still sending. Keep this page open." />
}

/**
 * A new notice, scrolled into view, because the pressed button may be at the bottom of the window. The focus stays. With
 * `unlessTyping`, a focused field is not scrolled out of view.
 */
function NoticeInView({
  unlessTyping,
  ...notice
}: ComponentProps<typeof Notice> & { unlessTyping?: boolean }) {
  return (
    <div ref={unlessTyping ? scrollUnlessTyping : scrollTo} className="scroll-my-6">
      <Notice {...notice} />
    </div>
  )
}

/** Smooth or instant is decided by the stylesheet, which honors reduced motion. */
function scrollTo(notice: HTMLElement | null) {
  notice?.scrollIntoView({ block: 'nearest' })
}

function scrollUnlessTyping(notice: HTMLElement | null) {
  if (!notice) return
  const below = notice.getBoundingClientRect().bottom - window.innerHeight
  const { top } = (document.activeElement ?? document.body).getBoundingClientRect()
  if (top > below) scrollTo(notice)
}
