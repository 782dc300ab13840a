import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import type { trials } from '#lib/db/schema'
import { isRunning, type TrialCause, type TrialState } from '#lib/db/trial-states'
import { WRITE_EVENTS } from '#lib/leads/record-events'
import { trialEvent } from '#lib/leads/trial-events'
import { insertMails, NOTIFY_WORKERS } from '#lib/mail/outbox'
import type { PlannedMail } from '#lib/mail/planned'
import { WELCOME_SECONDS } from '#lib/trials/account'
import { type ChangingTrial, lockForChange, planChangeMail } from '#lib/trials/change-mail'

export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
export type TrialRow = typeof trials.$inferSelect

/** The change is not allowed. The transaction can continue. The message is for the person who ordered the change. */
export class OrderRefused extends Error {
  override name = 'OrderRefused'
}

/** SQLSTATE of `lib/db/functions/check_trial_change.sql`, which lists the allowed changes, and of a unique index. */
const NOT_ALLOWED = 'TS001'
const UNIQUE_VIOLATION = '23505'
/** The unique index that allows one running trial for each person. */
const ONE_RUNNING = 'trials_running'
/** Why a trial in this state refuses a change, and what can be done. */
const WHY: Record<TrialState, string> = {
  requested:
    'the address is not confirmed yet, so the trial has not started. It starts when the person confirms it',
  abandoned: 'the address was never confirmed. The person can have a new link sent from the old one',
  confirmed: 'the trial is just starting. Try again in a moment',
  active: 'the trial is running',
  ending: 'the trial is running',
  expired: 'the trial has ended. It can be extended or converted',
  converted: 'the person has become a customer',
  cancelled: 'the trial was canceled. If it had started, it runs again when it is extended',
}

/**
 * Moves a trial to another state, and queues the mail that tells the person. Does nothing if it is in that state already.
 * @throws {OrderRefused} where the rules do not allow it
 */
export async function moveTrial(tx: Transaction, id: string, to: TrialState, cause: TrialCause) {
  const trial = await lockForChange(tx, id)
  const { state: from } = trial
  if (from === to) return
  await change(tx, trial, sql`state = ${to}, cause = ${cause}`, { from, to }, planChangeMail(trial, to))
}

/**
 * Extends a trial: its new end is `days` after the current end or, if that has passed, after now. The end of a trial that
 * waits for access can't pass. Queues the mail that tells the person.
 * @throws {OrderRefused} where the rules do not allow it
 */
export async function extendTrial(tx: Transaction, id: string, days: number, cause: TrialCause) {
  const trial = await lockForChange(tx, id)
  const set = sql`state = 'active', cause = ${cause},
    ends_at = case when access_at is null then ends_at else greatest(ends_at, now()) end + make_interval(days => ${days})`
  const step = { from: trial.state, to: 'active' as const, extended: true }
  await change(tx, trial, set, step, planChangeMail(trial, 'extended'))
}

/**
 * Locks a trial whose person can be given access: it is running, or has become an account.
 * @throws {OrderRefused} for any other trial, whose person would get no mail about it
 */
export async function requireAccessible(tx: Transaction, id: string): Promise<void> {
  const { state } = await lockForChange(tx, id)
  if (!isRunning(state) && state !== 'converted') throw new OrderRefused(WHY[state])
}

/**
 * Records that the person can sign in from now on. If the welcome mail can't have waited for it, the end of a running trial
 * moves later by the wait. Does nothing the second time. Queues no mail: the caller sends the way in and the new end together.
 * @returns whether it is new
 * @throws {OrderRefused} if the trial has not started
 */
export async function grantAccess(tx: Transaction, id: string, cause: TrialCause): Promise<boolean> {
  const trial = await lockForChange(tx, id)
  if (!trial.started) throw new OrderRefused(WHY[trial.state])
  if (trial.hasAccess) return false
  if (isRunning(trial.state) && trial.waited > WELCOME_SECONDS) {
    const set = sql`access_at = now(), state = 'active', cause = ${cause}, ends_at = ends_at + (now() - starts_at)`
    await change(tx, trial, set, { from: trial.state, to: 'active', extended: true }, [])
  } else await tx.execute(sql`update trials set access_at = now() where id = ${id}`)
  return true
}

type Change = { from: TrialState; to: TrialState; extended?: boolean }

/**
 * Changes a trial, and writes the event and the mails, in a savepoint: a rejected change must not abort the caller's
 * transaction.
 */
async function change(
  tx: Transaction,
  { id, leadId, submissionId }: ChangingTrial,
  set: SQL,
  step: Change,
  mails: PlannedMail[],
): Promise<void> {
  const update = sql`update trials set ${set} where id = ${id} returning *`
  try {
    await tx.transaction((inner) =>
      inner.execute(sql`
        with updated as (${update}), ${withTrialEvents('updated', [step])},
        mail as (${insertMails(mails, { leadId, submissionId, trialId: id })})
        select ${NOTIFY_WORKERS}`),
    )
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    if (code === UNIQUE_VIOLATION && constraint === ONE_RUNNING)
      throw new OrderRefused('another trial of this person is running')
    if (code === NOT_ALLOWED) throw new OrderRefused(WHY[step.from])
    throw error
  }
}

/**
 * The CTEs that write the events of a change, and their webhooks.
 * @param updated name of the CTE that returns the changed trial
 */
export function withTrialEvents(updated: string, steps: Change[]): SQL {
  return sql.raw(`
    changed as (
      select t.*, s.reference, s.verdict from ${updated} t join submissions s on s.id = t.submission_id
    ),
    new_events as (${steps.map((step) => trialEvent('changed', step)).join(' union all ')}),
    ${WRITE_EVENTS}`)
}
