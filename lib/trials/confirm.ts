import { and, desc, eq, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { events, leads, submissions, trials } from '#lib/db/schema'
import { hashToken, openToken } from '#lib/guard/token'
import { queueMails } from '#lib/mail/outbox'
import { planAcknowledgement } from '#lib/mail/planned'
import { CONFIRM_HOURS, trialToken } from '#lib/trials/token'

/** A trial as its pages show it. Times in UTC. */
export type Trial = {
  id: string
  leadId: string
  submissionId: string
  status: 'waiting' | 'confirmed' | 'expired'
  days: number
  startsAt?: Date
  endsAt?: Date
  reference: string
}

/** The trial that a confirmation link belongs to. Changes nothing: link scanners come here first. */
export async function findTrial(token: string): Promise<Trial | undefined> {
  const trialId = openToken('trial-confirm', token)?.split(':')[0]
  if (!trialId) return undefined
  const trial = await select(eq(trials.id, trialId))
  // A link that a newer mail replaced has run out, unless its trial is confirmed already.
  if (trial?.status === 'waiting' && trial.tokenHash !== hashToken(token))
    return { ...trial, status: 'expired' }
  return trial
}

/**
 * The trial that a visitor's own submission asked for. Never by person: anybody can type somebody
 * else's address, and must not come by that person's trial.
 */
export async function findTrialOf(submissionId: string): Promise<Trial | undefined> {
  return select(eq(trials.submissionId, submissionId))
}

async function select(condition: ReturnType<typeof eq>) {
  const [row] = await database()
    .select({
      trial: trials,
      reference: submissions.reference,
      stale: sql<boolean>`${trials.tokenExpiresAt} <= now()`,
    })
    .from(trials)
    .innerJoin(submissions, eq(submissions.id, trials.submissionId))
    .where(condition)
    .orderBy(desc(trials.requestedAt))
    .limit(1)
  if (!row) return undefined
  const { trial, reference, stale } = row
  return {
    id: trial.id,
    leadId: trial.leadId,
    submissionId: trial.submissionId,
    status: trial.state === 'active' ? 'confirmed' : stale ? 'expired' : 'waiting',
    days: trial.days,
    startsAt: trial.startsAt ?? undefined,
    endsAt: trial.endsAt ?? undefined,
    reference,
    tokenHash: trial.tokenHash,
  } satisfies Trial & { tokenHash: string }
}

/**
 * A person pressed the button: the trial starts now and runs for its days. Two presses at once start
 * it once. Answers the trial as it is afterwards, or undefined for a token that is none of ours.
 */
export async function confirmTrial(token: string): Promise<Trial | undefined> {
  if (!openToken('trial-confirm', token)) return undefined
  await database().transaction(async (tx) => {
    const [confirmed] = await tx
      .update(trials)
      .set({ state: 'confirmed', cause: 'visitor' })
      .where(
        and(
          eq(trials.tokenHash, hashToken(token)),
          eq(trials.state, 'requested'),
          sql`${trials.tokenExpiresAt} > now()`,
        ),
      )
      .returning()
    if (!confirmed) return
    await tx
      .update(trials)
      .set({
        state: 'active',
        startsAt: sql`now()`,
        endsAt: sql`now() + make_interval(days => ${trials.days})`,
      })
      .where(eq(trials.id, confirmed.id))
  })
  return findTrial(token)
}

/**
 * Sends a new confirmation link and makes the earlier one useless. Counts towards the three mails a day
 * of that address. Answers false where nothing was sent: confirmed already, or three mails are out.
 */
export async function resendConfirmation(trialId: string): Promise<boolean> {
  return database().transaction(async (tx) => {
    const [trial] = await tx.select().from(trials).where(eq(trials.id, trialId)).for('update')
    if (trial?.state !== 'requested') return false
    const [lead] = await tx
      .update(leads)
      .set({
        acknowledgedAt: sql`(${leads.acknowledgedAt} || now())[greatest(cardinality(${leads.acknowledgedAt}) - 1, 1):]`,
      })
      .where(
        and(
          eq(leads.id, trial.leadId),
          sql`(cardinality(${leads.acknowledgedAt}) < 3 or ${leads.acknowledgedAt}[1] < now() - interval '24 hours')`,
        ),
      )
      .returning()
    if (!lead) return false
    const issue = trial.tokenIssue + 1
    await tx
      .update(trials)
      .set({
        tokenIssue: issue,
        tokenHash: hashToken(trialToken(trial.id, issue)),
        tokenExpiresAt: sql`now() + make_interval(hours => ${CONFIRM_HOURS})`,
      })
      .where(eq(trials.id, trial.id))
    const { leadId, submissionId } = trial
    await queueMails(tx, [planAcknowledgement('trial', lead.email, readConfig())], {
      leadId,
      submissionId,
      trialId,
    })
    await tx.insert(events).values({ leadId, submissionId, kind: 'confirmation-resent' })
    return true
  })
}
