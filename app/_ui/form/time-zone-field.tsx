'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Sends, with a form, what the visitor's clock goes by, so that our mails can give dates by it; empty without script. */
export function TimeZoneField() {
  const zone = useSyncExternalStore(
    never,
    () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => '',
  )
  return <input type="hidden" name="time_zone" value={zone} />
}
