/** `local`: the one of this system, for a page in a browser. */
const zones: Record<string, string | undefined> = {
  utc: 'UTC',
  california: 'America/Los_Angeles',
  local: undefined,
}

/** Formats by zone, kept because making one takes longer than rendering the rest of a mail. */
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * "Tue, Mar 3, 2026, 2:05 PM PST". Support is in California, and logs are in UTC.
 * @param zone `utc`, `california`, `local`, or a zone by its IANA name
 */
export function formatTime(zone: string, at: Date): string {
  // ICU puts a narrow no-break space before PM, which older mail clients show as a box.
  return formatOf(zone)
    .format(at)
    .replace(/\u202f/g, ' ')
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone in zones ? zones[zone] : zone,
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

/** A time in the reader's time zone if known, else in California's and in UTC. */
export function formatTimeForReader(zone: string | undefined, at: Date): string {
  return zone ? formatTime(zone, at) : `${formatTime('california', at)} (${formatTime('utc', at)})`
}
