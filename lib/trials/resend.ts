import { and, eq, inArray, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { type Database, database } from '#lib/db/connection'
import { events, leads, mails, submissions, trials } from '#lib/db/schema'
import { hashToken } from '#lib/guard/token'
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
import { moveTrial, type Transaction, type TrialRow } from '#lib/trials/ledger'
import { CONFIRM_HOURS, trialToken } from '#lib/trials/token'

/** Who asks for a confirmation again. */
export type Asking = {
  /** The submissions of this browser, as its cookie proves them. */
  own: string[]
  /** Came by a link out of the mailbox. */
  proved: boolean
  /** The network that asks, by its pseudonym. */
  client?: string
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
        // While a cap is reached nobody is told whether a mail went out, so such a try uses up none.
        sql`not ${mails.data} ? 'capped'`,
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
    const before = await wasCapped(tx, submissionId)
    const sent = await send(tx, trial, asking)
    // Who has the mailbox may know what came to it; anybody else gets the same answer in either case.
    if (!sent && asking.proved) return false
    if (sent && state === 'abandoned') await moveTrial(tx, trialId, 'requested', 'visitor')
    // While a cap is reached, pressing again and again writes nothing more.
    if (sent || !before) await tx.insert(events).values({ leadId, submissionId, kind: 'confirmation-resent' })
    return true
  })
}

/** Answers whether a mail goes out. */
async function send(tx: Transaction, trial: TrialRow, { proved, client }: Asking): Promise<boolean> {
  const { leadId, submissionId, id: trialId } = trial
  const [submission] = await tx.select().from(submissions).where(eq(submissions.id, submissionId))
  const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId))
  if (!lead || !submission) throw new Error('a trial without its lead')
  const config = readConfig()
  const planned = planAcknowledgement('trial-confirm', lead.email, config)
  const belongs = { leadId, submissionId, trialId }
  const held = submission.verdict === 'held'
  const allowance = held
    ? undefined
    : await grantMail(tx, leadId, { email: lead.email, network: client, proved }, config)
  if (allowance?.capped) planned.data = { capped: true }
  if (allowance?.alarm) await queueMails(tx, planFloodAlarm(config))
  if (allowance && !allowance.refused) {
    await renew(tx, trial)
    await queueMails(tx, [planned], belongs)
    return true
  }
  if (allowance?.capped && (await wasCapped(tx, submissionId))) return false
  // The earlier link stays good, as no mail with a new one goes out.
  const { id, kind, recipient, messageId, data } = planned
  const state = held ? ('held' as const) : ('suppressed' as const)
  const lastError = allowance?.refused
    ? WITHHELD[allowance.refused]
    : 'Looks like spam; sent when support releases it.'
  await tx.insert(mails).values({ id, kind, recipient, messageId, data, ...belongs, state, lastError })
  return false
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
