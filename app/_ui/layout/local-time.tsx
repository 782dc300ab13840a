'use client'
import { useSyncExternalStore } from 'react'
import { formatTime, formatTimeForReader } from '#emails/time'

const never = () => () => {}

/**
 * A time as in our mails, in the reader's own time zone, which only the browser knows. Without script in the zone that the
 * reader's browser told us earlier or, if there is none, in California's and in UTC.
 * @param at ISO 8601
 * @param zone IANA name
 */
export function LocalTime({ at, zone }: { at: string; zone?: string }) {
  const text = useSyncExternalStore(
    never,
    () => formatTime('local', new Date(at)),
    () => formatTimeForReader(zone, new Date(at)),
  )
  return <time dateTime={at}>{text}</time>
}
