import { useEffect, useRef, useState } from 'react'
import type { FormName } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/schema'
import { makeSender, type Next, type Trouble } from './send'

export type Phase =
  | { is: 'idle' | 'sending' | 'offline' | 'edited' }
  | { is: 'waiting'; why: Trouble; seconds: number }
  | { is: 'gave-up'; why: Trouble }

const idle: Phase = { is: 'idle' }
const sending: Phase = { is: 'sending' }

/** The way of one form's content to the server, and what to tell the visitor meanwhile. */
export function useDelivery(form: FormName) {
  const [phase, setPhase] = useState<Phase>(idle)
  const [send] = useState(() => makeSender(`/api/submissions/${form}`))
  // Set only while waiting or offline: ends the pause, with a further attempt or without.
  const endPause = useRef<(goOn: boolean) => void>(undefined)

  useEffect(() => {
    // A page from the back/forward cache comes with the state in which it was left: sending.
    const reset = (event: PageTransitionEvent) => event.persisted && setPhase(idle)
    window.addEventListener('pageshow', reset)
    return () => window.removeEventListener('pageshow', reset)
  }, [])

  function wait(ms: number, why: Trouble): Promise<Next> {
    const offline = why === 'unreachable' && !navigator.onLine
    setPhase(offline ? { is: 'offline' } : { is: 'waiting', why, seconds: Math.ceil(ms / 1000) })
    return new Promise((resolve) => {
      const end = (goOn: boolean) => {
        clearTimeout(timer)
        window.removeEventListener('online', hurry)
        endPause.current = undefined
        setPhase(goOn ? sending : { is: 'edited' })
        resolve(goOn ? (offline ? 'afresh' : 'again') : 'stop')
      }
      const hurry = () => end(true)
      // A browser that knows of no connection says when there is one.
      const timer = offline ? undefined : setTimeout(hurry, ms)
      // Only a lost connection is cured by a new one; a server that asked for patience gets it.
      if (why === 'unreachable') window.addEventListener('online', hurry)
      endPause.current = end
    })
  }

  /** Sends until there is an answer. Goes on to the next page, or answers the server's errors. */
  async function deliver(content: string): Promise<FieldErrors | undefined> {
    setPhase(sending)
    const outcome = await send(content, wait)
    if (outcome.is === 'refused') {
      setPhase(idle)
      return outcome.errors
    }
    if (outcome.is === 'gave-up') setPhase(outcome)
    if (outcome.is === 'accepted') window.location.assign(outcome.next)
    return undefined
  }

  return {
    phase,
    setPhase,
    deliver,
    tryNow: () => endPause.current?.(true),
    /** What is being retried is no longer what the visitor wants to say. */
    stopRetrying: () => endPause.current?.(false),
  }
}
