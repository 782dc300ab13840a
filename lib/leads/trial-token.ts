import { randomUUID } from 'node:crypto'
import type { Config } from '#lib/config'
import { hashToken, signToken, verifyToken } from '#lib/guard/token'
import { mailboxKey } from '#lib/mail/allowance'

/** How long the link in a `trial-confirm` mail works. */
export const CONFIRM_HOURS = 48

/** A new trial for `capture()` to store. */
export function planTrial(email: string, config: Config) {
  const id = randomUUID()
  return {
    id,
    tokenHash: hashToken(trialToken(id, 1)),
    hours: CONFIRM_HOURS,
    days: config.trialDays,
    mailboxKey: mailboxKey(email),
  }
}

/** The token of a trial's n-th confirmation mail; a later one invalidates the earlier ones. */
export function trialToken(trialId: string, issue: number): string {
  return signToken('trial-confirm', `${trialId}:${issue}`)
}

/** The trial's id in a token; undefined where its signature is wrong. */
export function readTrialId(token: string): string | undefined {
  return verifyToken('trial-confirm', token)?.split(':')[0]
}
