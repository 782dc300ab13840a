const zones: Record<string, string> = { utc: 'UTC', california: 'America/Los_Angeles' }

/** By zone. Making one takes longer than rendering the rest of a mail. */
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * "Tue, Mar 3, 2026, 2:05 PM PST": support reads California's time, a log says UTC.
 * @param zone `utc`, `california`, or a zone by its IANA name
 */
export function momentIn(zone: string, at: Date): string {
  // ICU sets a narrow no-break space before PM, which older mail clients show as a box.
  return formatOf(zone)
    .format(at)
    .replace(/\u202f/g, ' ')
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zones[zone] ?? zone,
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: zone === 'utc' ? 'h23' : 'h12',
    timeZoneName: 'short',
  })
  formats.set(zone, format)
  return format
}

/** A time in the reader's time zone where it is known, else in California's and in UTC. */
export function momentFor(zone: string | undefined, at: Date): string {
  return zone ? momentIn(zone, at) : `${momentIn('california', at)} (${momentIn('utc', at)})`
}
