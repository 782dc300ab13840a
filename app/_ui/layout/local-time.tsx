'use client'
import { useSyncExternalStore } from 'react'

const options = { dateStyle: 'long', timeStyle: 'short' } as const
const never = () => () => {}

/**
 * A time in the reader's own time zone, which only the browser knows; in UTC without script. The zone is shown.
 * `at`: ISO 8601.
 */
export function LocalTime({ at }: { at: string }) {
  const text = useSyncExternalStore(
    never,
    () => formatIn(undefined, at),
    () => formatIn('UTC', at),
  )
  return <time dateTime={at}>{text}</time>
}

function formatIn(timeZone: string | undefined, at: string): string {
  const format = new Intl.DateTimeFormat('en-US', { ...options, timeZone })
  return `${format.format(new Date(at))} (${format.resolvedOptions().timeZone.replaceAll('_', ' ')})`
}
