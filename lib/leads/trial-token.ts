import { randomUUID } from 'node:crypto'
import type { Config } from '#lib/config'
import { hashToken, signToken } from '#lib/guard/token'

/** How long the link in a `trial-confirm` mail works. */
export const CONFIRM_HOURS = 48

/** A trial that was asked for, as `capture()` stores it. */
export function planTrial(config: Config) {
  const id = randomUUID()
  return { id, tokenHash: hashToken(trialToken(id, 1)), hours: CONFIRM_HOURS, days: config.trialDays }
}

/** The token of a trial's n-th confirmation mail; a later one makes the earlier ones useless. */
export function trialToken(trialId: string, issue: number): string {
  return signToken('trial-confirm', `${trialId}:${issue}`)
}
