import { and, eq, inArray, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { type Database, database } from '#lib/db/connection'
import { events, leads, mails, submissions, trials } from '#lib/db/schema'
import { hashToken } from '#lib/guard/token'
import { queueMails } from '#lib/mail/outbox'
import { planAcknowledgement } from '#lib/mail/planned'
import { moveTrial, type Transaction, type TrialRow } from '#lib/trials/ledger'
import { CONFIRM_HOURS, trialToken } from '#lib/trials/token'

/** Acknowledgements to one address in 24 hours, of whatever kind and whoever asked for them. */
const MAILS_A_DAY = 3
const ACKNOWLEDGEMENTS = ['trial-confirm', 'demo-thanks', 'inquiry-received']

/** Who asks for a confirmation again. */
export type Asking = {
  /** The submissions of this browser, as its cookie proves them. */
  own: string[]
  /** Came by a link out of the mailbox. */
  proved: boolean
}

/**
 * How often the confirmation of this request may be sent again in 24 hours. By what this browser itself caused to
 * be sent there, and not by all that the address had: a stranger must not read that here.
 */
export async function countResends(
  db: Pick<Database, 'select'>,
  { submissionId, leadId }: Pick<TrialRow, 'submissionId' | 'leadId'>,
  { own }: Pick<Asking, 'own'>,
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
      ),
    )
  return Math.max(0, MAILS_A_DAY - (row?.sent ?? 0))
}

/**
 * Sends a new confirmation link and code, and makes the earlier ones useless; takes up again a request that
 * was given up. Answers false where the limit is reached, or there is nothing to confirm.
 */
export async function resendConfirmation(trialId: string, asking: Asking): Promise<boolean> {
  return database().transaction(async (tx) => {
    const [trial] = await tx.select().from(trials).where(eq(trials.id, trialId)).for('update')
    if (!trial || !['requested', 'abandoned'].includes(trial.state)) return false
    if (!(await countResends(tx, trial, asking))) return false
    const { leadId, submissionId, state } = trial
    const sent = await send(tx, trial)
    // Who has the mailbox may know what came to it; anybody else gets the same answer in either case.
    if (!sent && asking.proved) return false
    if (sent && state === 'abandoned') await moveTrial(tx, trialId, 'requested', 'visitor')
    await tx.insert(events).values({ leadId, submissionId, kind: 'confirmation-resent' })
    return true
  })
}

/** Answers whether a mail goes out. */
async function send(tx: Transaction, trial: TrialRow): Promise<boolean> {
  const { leadId, submissionId, id: trialId } = trial
  const [submission] = await tx.select().from(submissions).where(eq(submissions.id, submissionId))
  const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId))
  if (!lead || !submission) throw new Error('a trial without its lead')
  const planned = planAcknowledgement('trial', lead.email, readConfig())
  const belongs = { leadId, submissionId, trialId }
  const held = submission.verdict === 'held'
  if (!held && (await grant(tx, leadId))) {
    await renew(tx, trial)
    await queueMails(tx, [planned], belongs)
    return true
  }
  // The earlier link stays good, as no mail with a new one goes out.
  const { id, kind, recipient, messageId, data } = planned
  const state = held ? ('held' as const) : ('suppressed' as const)
  const lastError = held
    ? 'Looks like spam; sent when support releases it.'
    : 'Three mails went to this address within 24 hours.'
  await tx.insert(mails).values({ id, kind, recipient, messageId, data, ...belongs, state, lastError })
  return false
}

/** One of the three mails that an address gets from us in 24 hours, whoever asks. */
export async function grant(tx: Transaction, leadId: string): Promise<boolean> {
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
      tokenUsedAt: null,
      codeTries: 0,
    })
    .where(eq(trials.id, trial.id))
}
