import { eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { submissionKeys, submissions, trials } from '#lib/db/schema'
import type { TrialCause } from '#lib/db/trial-states'
import { hashToken } from '#lib/guard/token'
import { giveAccess } from '#lib/trials/access'
import {
  extendTrial,
  moveTrial,
  requireAccessible,
  type Transaction,
  type TrialRow,
} from '#lib/trials/transitions'

/** A change of a trial, ordered by support or the product. */
export type Order =
  | { name: 'convert' | 'cancel' }
  | { name: 'extend'; days: number }
  /** The person can sign in. `loginUrl`: where, from `checkLoginUrl()`. */
  | { name: 'access'; loginUrl?: string }
export const MAX_DAYS = 365
/** The longest idempotency key, in characters. */
export const MAX_KEY_LENGTH = 200

/** The key was used for another order. */
export class KeyReused extends Error {
  override name = 'KeyReused'
}

/** The trial with this reference, in upper or lower case. */
export async function findByReference(db: Pick<Database, 'select'>, reference: string) {
  const [row] = await db
    .select({ trial: trials, submission: submissions })
    .from(trials)
    .innerJoin(submissions, eq(submissions.id, trials.submissionId))
    .where(eq(submissions.reference, reference.trim().toUpperCase()))
  return row
}

/**
 * Carries out an order. Converting, canceling and giving access are idempotent; extending is idempotent by `key`.
 * @returns the trial after the order; undefined if there is none
 * @throws {OrderRefused} if the rules do not allow it
 * @throws {KeyReused}
 */
export async function orderTrial(
  db: Database,
  reference: string,
  order: Order,
  cause: TrialCause,
  key?: string,
): Promise<TrialRow | undefined> {
  return db.transaction(async (tx) => {
    const found = await findByReference(tx, reference)
    if (!found) return undefined
    const { trial } = found
    if (order.name === 'access') {
      await requireAccessible(tx, trial.id)
      await giveAccess(tx, { ...trial, trialId: trial.id }, cause, order.loginUrl)
    } else if (order.name !== 'extend')
      await moveTrial(tx, trial.id, order.name === 'convert' ? 'converted' : 'cancelled', cause)
    else if (!key || (await claim(tx, trial, order.days, key)))
      await extendTrial(tx, trial.id, order.days, cause)
    return (await tx.select().from(trials).where(eq(trials.id, trial.id)))[0]
  })
}

/** Stores an idempotency key. Returns whether it is new. */
async function claim(tx: Transaction, trial: TrialRow, days: number, key: string): Promise<boolean> {
  const name = `order:${key}`
  const contentHash = hashToken(`${trial.id} extend ${days}`)
  const forever = new Date('9999-12-31')
  const claimed = await tx
    .insert(submissionKeys)
    .values({ key: name, contentHash, submissionId: trial.submissionId, expiresAt: forever })
    .onConflictDoNothing()
    .returning()
  if (claimed.length) return true
  const [taken] = await tx.select().from(submissionKeys).where(eq(submissionKeys.key, name))
  if (taken?.contentHash !== contentHash) throw new KeyReused('this key was used for another order')
  return false
}
