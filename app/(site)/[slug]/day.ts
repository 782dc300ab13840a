/** An ISO 8601 day in words, the same in every time zone: `2026-11-24` is November 24, 2026. */
export function dayInWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' })
}
