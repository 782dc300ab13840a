import { eq, sql } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { trials } from '#lib/db/schema'
import { hashToken } from '#lib/guard/token'
import { readTrialId } from '#lib/leads/trial-token'
import { matchesCode, readCode } from '#lib/trials/code'
import { CODE_TRIES, lockAndCountTry, MAILBOX_TRIES, NETWORK_TRIES } from '#lib/trials/code-tries'
import { lockTrial } from '#lib/trials/lock'
import { startTrial } from '#lib/trials/start-trial'

/**
 * A person pressed the button of a link: the trial starts now and runs for its days. Each link proves its mailbox once,
 * as long as it is the newest one and younger than 48 hours; of many presses at once one does.
 * @returns the submission whose trial runs then; undefined where the link proves nothing
 */
export async function confirmTrial(token: string, timeZone?: string): Promise<string | undefined> {
  const trialId = readTrialId(token)
  if (!trialId) return undefined
  return database().transaction(async (tx) => {
    const trial = await lockTrial(tx, sql`t.id = ${trialId}`)
    if (!trial?.usable || trial.tokenHash !== hashToken(token)) return undefined
    return startTrial(tx, trial, timeZone)
  })
}

/**
 * `confirmed`: the code was right, which proves the mailbox; it names the submission whose trial it is. `already`: the
 * trial has started by other means, and what was typed proves nothing. `exhausted`: this code was typed wrongly too often.
 * `refused`: so many codes were tried for this mailbox, or from this network, that this one was not compared.
 */
export type CodeAnswer =
  | { outcome: 'confirmed'; submissionId: string }
  | { outcome: 'already' | 'malformed' | 'exhausted' | 'expired' }
  | { outcome: 'wrong'; left: number }
  | { outcome: 'refused'; by: 'mailbox' | 'network' }

/**
 * A person typed the code of the mail, in the browser that asked for the trial. Tries are counted before they are
 * compared; what can't be a code is not counted. A code whose mail was not sent is wrong, as anybody can request a trial.
 * @param from `network`: its pseudonym, where networks are limited
 */
export async function confirmByCode(
  submissionId: string,
  typed: string,
  from: { network?: string; timeZone?: string } = {},
): Promise<CodeAnswer> {
  const code = readCode(typed)
  return database().transaction(async (tx): Promise<CodeAnswer> => {
    const trial = await lockAndCountTry(tx, submissionId, from.network, code !== undefined)
    if (trial?.started) return { outcome: 'already' }
    if (!trial?.usable) return { outcome: 'expired' }
    if (trial.codeTries >= CODE_TRIES) return { outcome: 'exhausted' }
    if (!code) return { outcome: 'malformed' }
    if ((trial.networkTries ?? 0) > NETWORK_TRIES) return { outcome: 'refused', by: 'network' }
    // Not counted is refused: no code may be compared uncounted.
    const left = MAILBOX_TRIES - (trial.mailboxTries ?? Number.POSITIVE_INFINITY)
    if (left < 0) return { outcome: 'refused', by: 'mailbox' }
    if (matchesCode(trial.id, trial.tokenIssue, code) && trial.codeSent)
      return { outcome: 'confirmed', submissionId: await startTrial(tx, trial, from.timeZone) }
    const codeTries = trial.codeTries + 1
    await tx.update(trials).set({ codeTries }).where(eq(trials.id, trial.id))
    if (codeTries >= CODE_TRIES) return { outcome: 'exhausted' }
    return left
      ? { outcome: 'wrong', left: Math.min(left, CODE_TRIES - codeTries) }
      : { outcome: 'refused', by: 'mailbox' }
  })
}
