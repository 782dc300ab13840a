import { useEffect, useRef, useState } from 'react'
import type { FormName } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/submission-schema'
import { type Decision, makeSender, type Trouble } from './send-form'

export type Phase =
  | { is: 'idle' | 'sending' | 'offline' | 'edited' }
  | { is: 'waiting'; why: Trouble; seconds: number }
  | { is: 'gave-up'; why: Trouble }

const idle: Phase = { is: 'idle' }
const sending: Phase = { is: 'sending' }

/** Sends one form's content and keeps the state to show to the visitor. */
export function useDelivery(form: FormName) {
  const [phase, setPhase] = useState<Phase>(idle)
  const [send] = useState(() => makeSender(`/api/submissions/${form}`))
  // Set only while waiting or offline. Ends the wait: true retries, false stops.
  const endPause = useRef<(retry: boolean) => void>(undefined)
  const editedMeanwhile = useRef(false)

  useEffect(() => {
    // A page from the back/forward cache still has the state "sending".
    const reset = (event: PageTransitionEvent) => event.persisted && setPhase(idle)
    window.addEventListener('pageshow', reset)
    return () => window.removeEventListener('pageshow', reset)
  }, [])

  function wait(ms: number, why: Trouble): Promise<Decision> {
    if (editedMeanwhile.current) {
      setPhase({ is: 'edited' })
      return Promise.resolve('stop')
    }
    const offline = why === 'unreachable' && !navigator.onLine
    setPhase(offline ? { is: 'offline' } : { is: 'waiting', why, seconds: Math.ceil(ms / 1000) })
    return new Promise((resolve) => {
      const end = (retry: boolean) => {
        clearTimeout(timer)
        window.removeEventListener('online', retryNow)
        endPause.current = undefined
        setPhase(retry ? sending : { is: 'edited' })
        resolve(retry ? (offline ? 'restart' : 'retry') : 'stop')
      }
      const retryNow = () => end(true)
      // An offline browser fires `online` when it is connected again.
      const timer = offline ? undefined : setTimeout(retryNow, ms)
      // Retry on `online` only after a connection failure, not when the server asked us to wait.
      if (why === 'unreachable') window.addEventListener('online', retryNow)
      endPause.current = end
    })
  }

  /** Sends until it is answered. Goes to the next page, or returns the server's errors. */
  async function deliver(content: string): Promise<FieldErrors | undefined> {
    setPhase(sending)
    editedMeanwhile.current = false
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
    /** Stops retrying, because the visitor changed a value: now, or when the request under way has failed. */
    stopRetrying: () => {
      editedMeanwhile.current = true
      endPause.current?.(false)
    },
  }
}
