import { and, eq, inArray, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { type Database, database } from '#lib/db/connection'
import { leads, mails, submissions, trials } from '#lib/db/schema'
import { isUnconfirmed } from '#lib/db/trial-states'
import { hashToken } from '#lib/guard/token'
import { recordEvents } from '#lib/leads/record-events'
import { CONFIRM_HOURS, trialToken } from '#lib/leads/trial-token'
import {
  ACKNOWLEDGEMENTS,
  grantMail,
  MAILS_A_DAY,
  planFloodAlarm,
  WITHHELD,
  wasCapped,
} from '#lib/mail/allowance'
import { queueMails } from '#lib/mail/outbox'
import { planAcknowledgement } from '#lib/mail/planned'
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
        inArray(mails.kind, ACKNOWLEDGEMENTS),
        sql`${mails.createdAt} > now() - interval '24 hours'`,
        // While a cap is reached the visitor can't know whether a mail was sent, so it does not count.
        sql`not ${mails.data} ? 'capped'`,
      ),
    )
  return Math.max(0, MAILS_A_DAY - (row?.sent ?? 0))
}

/**
 * Queues a mail with a new confirmation link and code, which invalidates the earlier ones, and resumes an abandoned request.
 * @returns false if the limit is reached or there is nothing to confirm
 */
export async function resendConfirmation(trialId: string, requester: Requester): Promise<boolean> {
  return database().transaction(async (tx) => {
    const [trial] = await tx.select().from(trials).where(eq(trials.id, trialId)).for('update')
    if (!trial || !isUnconfirmed(trial.state)) return false
    if (!(await countResends(tx, trial, requester))) return false
    const { leadId, submissionId, state } = trial
    const alreadyCapped = await wasCapped(tx, submissionId)
    const sent = await sendConfirmation(tx, trial, requester)
    // Only the owner of the mailbox may learn that no mail was sent; others get the same answer either way.
    if (!sent && requester.proved) return false
    if (sent && state === 'abandoned') await moveTrial(tx, trialId, 'requested', 'visitor')
    // While a cap is reached, further requests write nothing more.
    if (sent || !alreadyCapped)
      await recordEvents(tx, [{ leadId, submissionId, kind: 'confirmation-resent' }])
    return true
  })
}

/** Queues the mail, or stores why it is not sent. @returns whether it will be sent */
async function sendConfirmation(tx: Transaction, trial: TrialRow, { proved, network }: Requester) {
  const { leadId, submissionId, id: trialId } = trial
  const [submission] = await tx.select().from(submissions).where(eq(submissions.id, submissionId))
  const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId))
  if (!lead || !submission) throw new Error('a trial without its lead')
  const config = readConfig()
  const planned = planAcknowledgement('trial-confirm', lead.email, config)
  const owner = { leadId, submissionId, trialId }
  const held = submission.verdict === 'held'
  const allowance = held
    ? undefined
    : await grantMail(tx, leadId, { email: lead.email, network, proved }, config)
  if (allowance?.capped) planned.data = { capped: true }
  if (allowance?.alarm) await queueMails(tx, planFloodAlarm(config))
  if (allowance && !allowance.refused) {
    await issueToken(tx, trial)
    await queueMails(tx, [planned], owner)
    return true
  }
  if (allowance?.capped && (await wasCapped(tx, submissionId))) return false
  // No new link is sent, so the earlier one stays valid.
  const { id, kind, recipient, messageId, data } = planned
  const state = held ? ('held' as const) : ('suppressed' as const)
  const lastError = WITHHELD[allowance?.refused ?? 'spam']
  await tx.insert(mails).values({ id, kind, recipient, messageId, data, ...owner, state, lastError })
  return false
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
