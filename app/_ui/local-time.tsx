'use client'
import { useSyncExternalStore } from 'react'

const written = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short' })
const never = () => () => {}

/** A moment by the reader's own clock, which only the browser knows; nothing where no script runs. `at`: ISO 8601. */
export function LocalTime({ at }: { at: string }) {
  const here = useSyncExternalStore(
    never,
    () => `${written.format(new Date(at))} (${written.resolvedOptions().timeZone.replaceAll('_', ' ')})`,
    () => '',
  )
  return here && <span className="block text-sm font-normal text-muted">Your time: {here}</span>
}
