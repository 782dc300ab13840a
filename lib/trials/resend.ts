import { and, desc, eq, inArray, notInArray, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { type Database, database } from '#lib/db/connection'
import { leads, mails, submissions, trials } from '#lib/db/schema'
import { isUnconfirmed } from '#lib/db/trial-states'
import { hashToken } from '#lib/guard/token'
import { recordEvents } from '#lib/leads/record-events'
import { releaseSubmission } from '#lib/leads/release'
import { CONFIRM_HOURS, trialToken } from '#lib/leads/trial-token'
import { grantMail, MAILS_A_DAY, planFloodAlarm, WITHHELD } from '#lib/mail/allowance'
import { queueMails } from '#lib/mail/outbox'
import { type PlannedMail, planAcknowledgement } from '#lib/mail/planned'
import { moveTrial, type Transaction, type TrialRow } from '#lib/trials/transitions'

/** Who requests another confirmation mail. */
export type Requester = {
  /** The submissions of this browser, from its signed cookie. */
  own: string[]
  /** The visitor opened a link from a mail to this address. */
  proved: boolean
  /** Pseudonym of the visitor's network. */
  network?: string
}

/**
 * How often the confirmation of this request may still be resent within 24 hours. Counts only mails caused by this browser,
 * not all mails to the address: the number must not tell a stranger whether the address is known.
 */
export async function countResends(
  db: Pick<Database, 'select'>,
  { submissionId, leadId }: Pick<TrialRow, 'submissionId' | 'leadId'>,
  { own }: Pick<Requester, 'own'>,
): Promise<number> {
  const [row] = await db
    .select({ sent: sql<number>`count(*)::int` })
    .from(mails)
    .where(
      and(
        eq(mails.leadId, leadId),
        inArray(mails.submissionId, [submissionId, ...own]),
        eq(mails.kind, 'trial-confirm'),
        notInArray(mails.state, ['held', 'suppressed']),
        sql`${mails.createdAt} > now() - interval '24 hours'`,
        // While a cap is reached the visitor can't know whether a mail was sent, so it does not count.
        sql`not ${mails.data} ? 'capped'`,
      ),
    )
  return Math.max(0, MAILS_A_DAY - (row?.sent ?? 0))
}

/**
 * Queues a mail with a new confirmation link and code, which invalidates the earlier ones, and resumes an abandoned request;
 * or stores why none is sent, for the page (`lib/mail/promise.ts`). A flagged request is released by the visitor's press.
 * @returns false if the limit is reached or there is nothing to confirm
 */
export async function resendConfirmation(trialId: string, requester: Requester): Promise<boolean> {
  return database().transaction(async (tx) => {
    const [trial] = await tx.select().from(trials).where(eq(trials.id, trialId)).for('update')
    if (!trial || !isUnconfirmed(trial.state)) return false
    if (!(await countResends(tx, trial, requester))) return false
    const { leadId, submissionId, state } = trial
    const [submission] = await tx.select().from(submissions).where(eq(submissions.id, submissionId))
    if (submission?.verdict === 'held') return true
    if (submission?.verdict === 'flagged') {
      const { network = '' } = requester
      await releaseSubmission(tx, submission.reference, { cause: 'visitor', network }, readConfig())
      return true
    }
    const result = await sendConfirmation(tx, trial, requester)
    if (result === 'queued' && state === 'abandoned') await moveTrial(tx, trialId, 'requested', 'visitor')
    if (result !== 'withheld before')
      await recordEvents(tx, [{ leadId, submissionId, kind: 'confirmation-resent' }])
    return true
  })
}

/** Queues the mail, or stores why it is not sent, unless that is stored already. */
async function sendConfirmation(
  tx: Transaction,
  trial: TrialRow,
  { proved, network }: Requester,
): Promise<'queued' | 'withheld' | 'withheld before'> {
  const { leadId, submissionId, id: trialId } = trial
  const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId))
  if (!lead) throw new Error('a trial without its lead')
  const config = readConfig()
  const planned = planAcknowledgement('trial-confirm', lead.email, config)
  const request = { email: lead.email, kind: planned.kind, network, proved }
  const { refused, capped, alarm } = await grantMail(tx, leadId, request, config)
  if (capped) planned.data = { capped: true }
  if (alarm) await queueMails(tx, planFloodAlarm(config))
  const owner = { leadId, submissionId, trialId }
  if (!refused) {
    await issueToken(tx, trial)
    await queueMails(tx, [planned], owner)
    return 'queued'
  }
  // No new link is sent, so the earlier one stays valid.
  return (await storeWithheld(tx, planned, owner, WITHHELD[refused])) ? 'withheld' : 'withheld before'
}

/** Stores a mail that is not sent, unless the trial's latest of its kind was not sent either. @returns whether it is new */
export async function storeWithheld(
  tx: Transaction,
  { id, kind, recipient, messageId, data }: PlannedMail,
  owner: { leadId: string; submissionId: string; trialId: string },
  lastError: string,
): Promise<boolean> {
  const [latest] = await tx
    .select({ state: mails.state })
    .from(mails)
    .where(and(eq(mails.trialId, owner.trialId), eq(mails.kind, kind)))
    .orderBy(desc(mails.createdAt))
    .limit(1)
  if (latest?.state === 'suppressed') return false
  await tx
    .insert(mails)
    .values({ id, kind, recipient, messageId, data, ...owner, state: 'suppressed', lastError })
  return true
}

/** Makes the next link and code the valid ones. */
async function issueToken(tx: Transaction, trial: TrialRow): Promise<void> {
  const tokenIssue = trial.tokenIssue + 1
  await tx
    .update(trials)
    .set({
      tokenIssue,
      tokenHash: hashToken(trialToken(trial.id, tokenIssue)),
      tokenExpiresAt: sql`now() + make_interval(hours => ${CONFIRM_HOURS})`,
      tokenUsedAt: null,
      codeTries: 0,
    })
    .where(eq(trials.id, trial.id))
}
