import { eq, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { type TrialCause, type TrialState, trials } from '#lib/db/schema'

export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
export type TrialRow = typeof trials.$inferSelect
type Changes = { state: TrialState; cause: TrialCause; startsAt?: SQL; endsAt?: SQL; timeZone?: string }

/** Refused by the ledger; the transaction can go on. The message is for whoever gave the order. */
export class OrderRefused extends Error {
  override name = 'OrderRefused'
}

/** Of `check_trial_change()`, and of the index that allows one running trial for each person. */
const OUT_OF_ORDER = '23514'
const ANOTHER_RUNS = '23505'

/** Why a trial in this state can't be moved, and what can be done. */
const WHY: Record<TrialState, string> = {
  requested:
    'the address is not confirmed yet, so the trial has not started. It starts when the person confirms it',
  abandoned: 'the address was never confirmed. The person can have a new link sent from the old one',
  confirmed: 'the trial is just starting. Try again in a moment',
  active: 'the trial is running',
  ending: 'the trial is running',
  expired: 'the trial has ended. It can be extended or converted',
  converted: 'the person has become a customer',
  cancelled: 'the trial was cancelled. One that had started runs again when it is extended',
}

/**
 * Moves a trial to another state.
 * @throws {OrderRefused} where the ledger does not allow it
 */
export function moveTrial(tx: Transaction, id: string, to: TrialState, cause: TrialCause): Promise<TrialRow> {
  return change(tx, id, { state: to, cause })
}

/** A person at the address said yes: the trial runs from now for its days. `timeZone`: of that person's clock. */
export async function beginTrial(tx: Transaction, id: string, timeZone?: string): Promise<TrialRow> {
  await moveTrial(tx, id, 'confirmed', 'visitor')
  const endsAt = sql`now() + make_interval(days => ${trials.days})`
  return change(tx, id, { state: 'active', cause: 'visitor', startsAt: sql`now()`, endsAt, timeZone })
}

/** A later end: `days` after the present one, or after now where that has passed. */
export function extendTrial(tx: Transaction, id: string, days: number, cause: TrialCause): Promise<TrialRow> {
  const endsAt = sql`greatest(${trials.endsAt}, now()) + make_interval(days => ${days})`
  return change(tx, id, { state: 'active', cause, endsAt })
}

/** Every change of every trial passes here. The rules themselves are the database's, and only there. */
async function change(tx: Transaction, id: string, changes: Changes): Promise<TrialRow> {
  const [before] = await tx.select().from(trials).where(eq(trials.id, id)).for('update')
  if (!before) throw new Error('there is no such trial')
  try {
    // A savepoint: what is refused must not take the caller's transaction with it.
    const rows = await tx.transaction((inner) =>
      inner.update(trials).set(changes).where(eq(trials.id, id)).returning(),
    )
    return rows[0] as TrialRow
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === ANOTHER_RUNS) throw new OrderRefused('another trial of this person is running')
    if (code === OUT_OF_ORDER) throw new OrderRefused(WHY[before.state])
    throw error
  }
}
