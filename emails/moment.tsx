const zones = { utc: 'UTC', california: 'America/Los_Angeles' } as const

/** "Tue, Mar 3, 2026, 2:05 PM PST": support reads California's time, a log says UTC. */
export function momentIn(zone: keyof typeof zones, at: Date): string {
  const written = new Intl.DateTimeFormat('en-US', {
    timeZone: zones[zone],
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: zone === 'utc' ? 'h23' : 'h12',
    timeZoneName: 'short',
  }).format(at)
  // ICU sets a narrow no-break space before PM, which older mail clients show as a box.
  return written.replace(/\u202f/g, ' ')
}
