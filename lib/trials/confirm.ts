import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { leads, trials } from '#lib/db/schema'
import { hashToken } from '#lib/guard/token'
import { clearUnproven } from '#lib/mail/allowance'
import { queueMails } from '#lib/mail/outbox'
import { planStart } from '#lib/mail/planned'
import { welcomeDelay } from '#lib/trials/account'
import { CODE_TRIES, matchesCode, readCode } from '#lib/trials/code'
import { findTrial, readTrialId, type Trial } from '#lib/trials/find'
import { beginTrial, type Transaction, type TrialRow } from '#lib/trials/ledger'

/**
 * A person pressed the button: the trial starts now and runs for its days. Two presses at once start
 * it once. Answers the trial as it is afterwards, or undefined for a token that is none of ours.
 */
export async function confirmTrial(token: string, timeZone?: string): Promise<Trial | undefined> {
  const trialId = readTrialId(token)
  if (!trialId) return undefined
  await database().transaction(async (tx) => {
    const { trial, stale } = await lock(tx, eq(trials.id, trialId))
    if (trial?.state === 'requested' && !stale && trial.tokenHash === hashToken(token))
      await start(tx, trial, timeZone)
  })
  return findTrial(token)
}

/**
 * `confirmed`: the code was right, which proves the mailbox; it names the submission whose trial it is. `already`: the
 * trial has started by other means, and what was typed proves nothing.
 */
export type CodeAnswer =
  | { outcome: 'confirmed'; submissionId: string }
  | { outcome: 'already' | 'malformed' | 'spent' | 'expired' }
  | { outcome: 'wrong'; left: number }

/**
 * A person typed the code of the mail, in the browser that asked for the trial. Wrong ones are counted
 * with the row locked: many at once are five all the same. What can't be a code is not counted.
 */
export async function confirmByCode(
  submissionId: string,
  typed: string,
  timeZone?: string,
): Promise<CodeAnswer> {
  return database().transaction(async (tx): Promise<CodeAnswer> => {
    const { trial, stale } = await lock(tx, eq(trials.submissionId, submissionId))
    const begun = trial?.startsAt !== null && trial?.startsAt !== undefined
    if (!trial || (!begun && (trial.state !== 'requested' || stale))) return { outcome: 'expired' }
    const spent = { outcome: begun ? ('already' as const) : ('spent' as const) }
    if (trial.codeTries >= CODE_TRIES) return spent
    const code = readCode(typed)
    if (!code) return { outcome: begun ? 'already' : 'malformed' }
    if (matchesCode(trial.id, trial.tokenIssue, code))
      return { outcome: 'confirmed', submissionId: begun ? submissionId : await start(tx, trial, timeZone) }
    const codeTries = trial.codeTries + 1
    await tx.update(trials).set({ codeTries }).where(eq(trials.id, trial.id))
    if (begun || codeTries >= CODE_TRIES) return spent
    return { outcome: 'wrong', left: CODE_TRIES - codeTries }
  })
}

async function lock(tx: Transaction, condition: SQL) {
  const [row] = await tx
    .select({ trial: trials, stale: sql<boolean>`${trials.tokenExpiresAt} <= now()` })
    .from(trials)
    .where(condition)
    .for('update')
  return { trial: row?.trial, stale: row?.stale ?? true }
}

/** Starts it with its mails, unless this person had one. Answers the submission whose trial has started. */
async function start(tx: Transaction, trial: TrialRow, timeZone?: string): Promise<string> {
  const { id: trialId, leadId, submissionId } = trial
  // Two requests of one person, confirmed at the same moment, wait for each other here.
  const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId)).for('update')
  const [other] = await tx
    .select()
    .from(trials)
    .where(and(eq(trials.leadId, leadId), isNotNull(trials.startsAt)))
  if (other || !lead) return other?.submissionId ?? submissionId
  await beginTrial(tx, trialId, timeZone)
  await clearUnproven(tx, lead.email)
  const delay = await welcomeDelay(tx, trialId, leadId)
  await queueMails(tx, planStart(lead.email, delay, readConfig()), { leadId, submissionId, trialId })
  return submissionId
}
