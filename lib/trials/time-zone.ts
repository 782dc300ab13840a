/** A time zone's IANA name, sent by the browser; undefined if this system does not know it. */
export function readTimeZone(given: unknown): string | undefined {
  // Names only: Intl accepts offsets such as `+02:00` too, which are wrong after the next daylight saving change.
  if (typeof given !== 'string' || !/^[A-Za-z][\w+\-/]{1,63}$/.test(given)) return undefined
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: given })
    return given
  } catch {
    return undefined
  }
}
