import { eq, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { trials } from '#lib/db/schema'
import type { TrialCause, TrialState } from '#lib/db/trial-states'
import { WRITE_EVENTS } from '#lib/leads/record-events'
import { trialEvent } from '#lib/leads/trial-events'
import { NOTIFY_WORKERS } from '#lib/mail/outbox'

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
 * Moves a trial to another state. Does nothing if it is in that state already.
 * @throws {OrderRefused} where the rules do not allow it
 */
export async function moveTrial(tx: Transaction, id: string, to: TrialState, cause: TrialCause) {
  const from = await lockState(tx, id)
  if (from !== to) await change(tx, id, sql`state = ${to}, cause = ${cause}`, { from, to })
}

/**
 * Extends a trial: its new end is `days` after the current end or, if that has passed, after now.
 * @throws {OrderRefused} where the rules do not allow it
 */
export async function extendTrial(tx: Transaction, id: string, days: number, cause: TrialCause) {
  const from = await lockState(tx, id)
  const set = sql`state = 'active', cause = ${cause},
    ends_at = greatest(ends_at, now()) + make_interval(days => ${days})`
  await change(tx, id, set, { from, to: 'active', extended: true })
}

async function lockState(tx: Transaction, id: string): Promise<TrialState> {
  const [trial] = await tx.select({ state: trials.state }).from(trials).where(eq(trials.id, id)).for('update')
  if (!trial) throw new Error('there is no such trial')
  return trial.state
}

type Change = { from: TrialState; to: TrialState; extended?: boolean }

/** Changes a trial and writes the event, in a savepoint: a rejected change must not abort the caller's transaction. */
async function change(tx: Transaction, id: string, set: SQL, step: Change): Promise<void> {
  const update = sql`update trials set ${set} where id = ${id} returning *`
  try {
    await tx.transaction((inner) =>
      inner.execute(sql`
        with updated as (${update}), ${withTrialEvents('updated', [step])}
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
