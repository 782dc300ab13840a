import { and, eq, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { type Database, database } from '#lib/db/connection'
import { events, leads, mails, submissions, trials } from '#lib/db/schema'
import { hashToken } from '#lib/guard/token'
import { queueMails } from '#lib/mail/outbox'
import { planAcknowledgement } from '#lib/mail/planned'
import { moveTrial, type Transaction, type TrialRow } from '#lib/trials/ledger'
import { CONFIRM_HOURS, trialToken } from '#lib/trials/token'

/** Confirmation mails of one request in 24 hours, the first one among them. */
const MAILS_A_DAY = 3

/**
 * How often the confirmation of this request may be sent again today. Counted for the request and not for
 * the address: a stranger must not read here whether somebody else's address had mail from us.
 */
export async function countResends(db: Pick<Database, 'select'>, trialId: string): Promise<number> {
  const [row] = await db
    .select({ sent: sql<number>`count(*)::int` })
    .from(mails)
    .where(
      and(
        eq(mails.trialId, trialId),
        eq(mails.kind, 'trial-confirm'),
        sql`${mails.createdAt} > now() - interval '24 hours'`,
      ),
    )
  return Math.max(0, MAILS_A_DAY - (row?.sent ?? 0))
}

/**
 * Sends a new confirmation link and code, and makes the earlier ones useless; takes up again a request that
 * was given up. Answers false where this request had its mails of today, or there is nothing to confirm.
 */
export async function resendConfirmation(trialId: string): Promise<boolean> {
  return database().transaction(async (tx) => {
    const [trial] = await tx.select().from(trials).where(eq(trials.id, trialId)).for('update')
    if (!trial || !['requested', 'abandoned'].includes(trial.state)) return false
    if (!(await countResends(tx, trialId))) return false
    if (trial.state === 'abandoned') await moveTrial(tx, trialId, 'requested', 'visitor')
    const { leadId, submissionId } = trial
    await tx.insert(events).values({ leadId, submissionId, kind: 'confirmation-resent' })
    await send(tx, trial)
    return true
  })
}

async function send(tx: Transaction, trial: TrialRow): Promise<void> {
  const { leadId, submissionId, id: trialId } = trial
  const [submission] = await tx.select().from(submissions).where(eq(submissions.id, submissionId))
  const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId))
  if (!lead || !submission) throw new Error('a trial without its lead')
  const planned = planAcknowledgement('trial', lead.email, readConfig())
  const belongs = { leadId, submissionId, trialId }
  const held = submission.verdict === 'held'
  if (!held && (await grant(tx, leadId))) {
    await renew(tx, trial)
    return queueMails(tx, [planned], belongs)
  }
  // The earlier link stays good, as no mail with a new one goes out.
  const { id, kind, recipient, messageId, data } = planned
  const state = held ? ('held' as const) : ('suppressed' as const)
  const lastError = held
    ? 'Looks like spam; sent when support releases it.'
    : 'Three mails went to this address within 24 hours.'
  await tx.insert(mails).values({ id, kind, recipient, messageId, data, ...belongs, state, lastError })
}

/** One of the three mails that an address gets from us in 24 hours, whoever asks. */
async function grant(tx: Transaction, leadId: string): Promise<boolean> {
  const granted = await tx
    .update(leads)
    .set({
      acknowledgedAt: sql`(${leads.acknowledgedAt} || now())[greatest(cardinality(${leads.acknowledgedAt}) - 1, 1):]`,
    })
    .where(
      and(
        eq(leads.id, leadId),
        sql`(cardinality(${leads.acknowledgedAt}) < 3 or ${leads.acknowledgedAt}[1] < now() - interval '24 hours')`,
      ),
    )
    .returning()
  return granted.length > 0
}

async function renew(tx: Transaction, trial: TrialRow): Promise<void> {
  const tokenIssue = trial.tokenIssue + 1
  await tx
    .update(trials)
    .set({
      tokenIssue,
      tokenHash: hashToken(trialToken(trial.id, tokenIssue)),
      tokenExpiresAt: sql`now() + make_interval(hours => ${CONFIRM_HOURS})`,
      codeTries: 0,
    })
    .where(eq(trials.id, trial.id))
}
