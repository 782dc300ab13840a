import { eq, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { type TrialCause, type TrialState, trials } from '#lib/db/schema'

export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
export type TrialRow = typeof trials.$inferSelect
type Changes = { state: TrialState; cause: TrialCause; startsAt?: SQL; endsAt?: SQL; timeZone?: string }

/** Refused by the ledger; the transaction can go on. `state` is what the trial is. */
export class OrderRefused extends Error {
  override name = 'OrderRefused'
  readonly state: TrialState
  constructor(state: TrialState, message: string) {
    super(message)
    this.state = state
  }
}

/** Of `check_trial_change()` and of the index that allows one running trial for each person. */
const REFUSALS = ['23514', '23505']

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
    const { code, message } = ((error as Error).cause ?? {}) as { code?: string; message?: string }
    if (!code || !REFUSALS.includes(code)) throw error
    throw new OrderRefused(before.state, message ?? 'the ledger refuses it')
  }
}
