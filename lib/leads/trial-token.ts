import { randomUUID } from 'node:crypto'
import type { Config } from '#lib/config'
import { hashToken, signToken, verifyToken } from '#lib/guard/token'
import { mailboxKey } from '#lib/mail/allowance'

/** How long the link in a `trial-confirm` mail works. */
export const CONFIRM_HOURS = 48

/** A requested trial, as `capture()` stores it. */
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

/** The trial that a token names; undefined where its signature is wrong. */
export function readTrialId(token: string): string | undefined {
  return verifyToken('trial-confirm', token)?.split(':')[0]
}
