'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Hidden field with the browser's IANA time zone, for the dates in our mails. Empty without script. */
export function TimeZoneField() {
  const zone = useSyncExternalStore(
    never,
    () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => '',
  )
  return <input type="hidden" name="time_zone" value={zone} />
}
