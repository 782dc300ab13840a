import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { leads, trials } from '#lib/db/schema'
import { hashToken } from '#lib/guard/token'
import { clearUnproven } from '#lib/mail/allowance'
import { queueMails } from '#lib/mail/outbox'
import { planStart } from '#lib/mail/planned'
import { welcomeDelay } from '#lib/trials/account'
import { matchesCode, readCode } from '#lib/trials/code'
import { CODE_TRIES, countTry } from '#lib/trials/code-tries'
import { readTrialId } from '#lib/trials/find'
import { beginTrial, type Transaction, type TrialRow } from '#lib/trials/ledger'

/**
 * A person pressed the button of a link: the trial starts now and runs for its days. Each link proves its mailbox once,
 * as long as it is the newest one and younger than 48 hours; of many presses at once one does.
 * @returns the submission whose trial runs then; undefined where the link proves nothing
 */
export async function confirmTrial(token: string, timeZone?: string): Promise<string | undefined> {
  const trialId = readTrialId(token)
  if (!trialId) return undefined
  return database().transaction(async (tx) => {
    const { trial, usable } = await lock(tx, eq(trials.id, trialId))
    if (!trial || !usable || trial.tokenHash !== hashToken(token)) return undefined
    return start(tx, trial, timeZone)
  })
}

/**
 * `confirmed`: the code was right, which proves the mailbox; it names the submission whose trial it is. `already`: the
 * trial has started by other means, and what was typed proves nothing. `refused`: so many codes were tried for this
 * mailbox, or from this network, that this one was not compared.
 */
export type CodeAnswer =
  | { outcome: 'confirmed'; submissionId: string }
  | { outcome: 'already' | 'malformed' | 'spent' | 'expired' }
  | { outcome: 'wrong'; left: number }
  | { outcome: 'refused'; by: 'mailbox' | 'network' }

/**
 * A person typed the code of the mail, in the browser that asked for the trial. Tries are counted before they are
 * compared; what can't be a code is not counted. A code that no mail took to the mailbox is wrong, as anybody can ask
 * for a trial.
 * @param from `network`: its pseudonym, where networks are limited
 */
export async function confirmByCode(
  submissionId: string,
  typed: string,
  from: { network?: string; timeZone?: string } = {},
): Promise<CodeAnswer> {
  return database().transaction(async (tx): Promise<CodeAnswer> => {
    const { trial, usable } = await lock(tx, eq(trials.submissionId, submissionId))
    if (trial?.startsAt) return { outcome: 'already' }
    if (!trial || !usable) return { outcome: 'expired' }
    if (trial.codeTries >= CODE_TRIES) return { outcome: 'spent' }
    const code = readCode(typed)
    if (!code) return { outcome: 'malformed' }
    const counted = await countTry(tx, trial, from.network)
    if ('refused' in counted) return { outcome: 'refused', by: counted.refused }
    if (matchesCode(trial.id, trial.tokenIssue, code) && (await wasSent(tx, trial)))
      return { outcome: 'confirmed', submissionId: await start(tx, trial, from.timeZone) }
    const codeTries = trial.codeTries + 1
    await tx.update(trials).set({ codeTries }).where(eq(trials.id, trial.id))
    if (codeTries >= CODE_TRIES) return { outcome: 'spent' }
    return counted.left
      ? { outcome: 'wrong', left: Math.min(counted.left, CODE_TRIES - codeTries) }
      : { outcome: 'refused', by: 'mailbox' }
  })
}

/**
 * Whether the mail server has taken a mail that holds the present code. While an attempt has no known end it may have:
 * a worker can die between the server's answer and the mark.
 */
async function wasSent(tx: Transaction, { id, tokenIssue }: TrialRow): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select from mails m
    where m.trial_id = ${id} and m.kind = 'trial-confirm' and m.code_issue = ${tokenIssue}
      and (m.state = 'sent' or m.state = 'sending'
        and exists (select from mail_attempts a where a.mail_id = m.id and a.ended_at is null))`)
  return rows.length > 0
}

/** A trial under lock, and whether its newest link and code can be used. */
async function lock(tx: Transaction, condition: SQL) {
  const [row] = await tx
    .select({
      trial: trials,
      usable: sql<boolean>`${trials.state} = 'requested' and ${trials.tokenUsedAt} is null and ${trials.tokenExpiresAt} > now()`,
    })
    .from(trials)
    .where(condition)
    .for('update')
  return { trial: row?.trial, usable: row?.usable ?? false }
}

/** Starts it with its mails, unless this person had one. Answers the submission whose trial has started. */
async function start(tx: Transaction, trial: TrialRow, timeZone?: string): Promise<string> {
  const { id: trialId, leadId, submissionId } = trial
  await tx.update(trials).set({ tokenUsedAt: sql`now()` }).where(eq(trials.id, trialId))
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
