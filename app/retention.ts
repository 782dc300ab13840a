import { readConfig } from '#lib/config'

/** Stands for RETENTION_DAYS, as words, in what was built. */
export const RETENTION_PLACEHOLDER = 'retention.invalid'

/** How long we keep what somebody sent, for a page: a setting too, so it is put in as the public origin is. */
export function retention(): string {
  return process.env.NEXT_PHASE === 'phase-production-build'
    ? RETENTION_PLACEHOLDER
    : daysInWords(readConfig().retentionDays)
}

/** `730` → `730 days`. */
export function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${days.toLocaleString('en-US')} days`
}
