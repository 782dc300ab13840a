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
 * Confirms a trial by the link of its mail: the trial starts now. Only the newest link works, once, within 48 hours; of
 * concurrent requests one succeeds.
 * @returns the submission whose trial runs then; undefined if the link is not valid
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

export type CodeAnswer =
  /** The code was right, which proves the mailbox. The trial of this submission runs. */
  | { outcome: 'confirmed'; submissionId: string }
  /** In order: it had started before; the text can't be a code; too many wrong tries; nothing to confirm. */
  | { outcome: 'already' | 'malformed' | 'exhausted' | 'expired' }
  | { outcome: 'wrong'; left: number }
  /** The tries for this mailbox, or from this network, are used up. */
  | { outcome: 'refused'; by: 'mailbox' | 'network' }

/**
 * Confirms a trial by the code of its mail, typed in the browser that requested the trial. Tries are counted before codes
 * are compared; text that can't be a code is not counted. A code whose mail was not sent counts as wrong, because it can
 * only be guessed.
 * @param from `network`: its pseudonym; absent where networks are not limited
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
    // A try that was not counted is refused, so that no code is compared uncounted.
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
