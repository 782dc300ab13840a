/** A time zone by its IANA name, as a browser tells it; undefined for whatever this system knows no zone by. */
export function readTimeZone(given: unknown): string | undefined {
  // By name only: an offset such as `+02:00`, which Intl takes too, is wrong after the next change of the clocks.
  if (typeof given !== 'string' || !/^[A-Za-z][\w+\-/]{1,63}$/.test(given)) return undefined
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: given })
    return given
  } catch {
    return undefined
  }
}
