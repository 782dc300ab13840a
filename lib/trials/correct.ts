import { and, eq, inArray } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import * as z from 'zod/mini'
import type { Config } from '#lib/config'
import { database } from '#lib/db/connection'
import * as schema from '#lib/db/schema'
import { consents, events, submissions, trials } from '#lib/db/schema'
import { parseEmail } from '#lib/forms/email'
import { errorsOf, submissionSchema } from '#lib/forms/schema'
import { capture } from '#lib/leads/capture'
import { moveTrial, type Transaction, type TrialRow } from '#lib/trials/ledger'

export type Correction =
  | { outcome: 'corrected'; submissionId: string }
  /** `late`: confirmed or withdrawn, there is nothing to correct. `once`: it was corrected before. */
  | { outcome: 'late' | 'once' }
  | { outcome: 'invalid'; error: string }

/**
 * Requests the same trial with another address and withdraws the first request, both or neither. Two
 * presses at once correct it once.
 * @param own what this browser has sent besides: what belongs to the wrong address is this person's story, too
 * @param client the network that asks, by its pseudonym
 * @throws {CaptureUnavailable} when the database can't take it now
 */
export async function correctAddress(
  submissionId: string,
  email: string,
  own: string[],
  config: Config,
  client?: string,
): Promise<Correction> {
  const connection = await database().$client.connect()
  try {
    // One connection for both: capture() sends its one statement inside this transaction.
    return await drizzle(connection, { schema }).transaction(async (tx): Promise<Correction> => {
      const [trial] = await tx
        .select()
        .from(trials)
        .where(eq(trials.submissionId, submissionId))
        .for('update')
      const [submission] = await tx.select().from(submissions).where(eq(submissions.id, submissionId))
      if (!trial || !submission) return { outcome: 'late' }
      const [done] = await tx.select().from(trials).where(eq(trials.corrects, trial.id))
      if (done) return { outcome: 'corrected', submissionId: done.submissionId }
      if (trial.corrects) return { outcome: 'once' }
      if (trial.state !== 'requested' && trial.state !== 'abandoned') return { outcome: 'late' }
      const parsed = z.safeParse(submissionSchema('trial'), { ...submission.fields, email })
      if (!parsed.success)
        return { outcome: 'invalid', error: Object.values(errorsOf(parsed.error))[0]?.[0] ?? '' }
      if (isSame(email, String(submission.fields.email)))
        return {
          outcome: 'invalid',
          error: 'That’s the address we already used. Enter the right one.',
        }
      const arrival = { form: 'trial' as const, values: parsed.data, attribution: submission.attribution }
      const page = await readPage(tx, submissionId)
      const stored = await capture(connection, { ...arrival, correctionOf: trial.id, page, client }, config)
      if (stored.outcome === 'conflict') throw new Error('the key of a correction was used before')
      await takeOver(tx, trial, submission.reference, stored, own)
      return { outcome: 'corrected', submissionId: stored.submissionId }
    })
  } finally {
    connection.release()
  }
}

/** The page on which the visitor consented: the consent is that of the first request. */
async function readPage(tx: Transaction, submissionId: string): Promise<string | undefined> {
  const [consent] = await tx.select().from(consents).where(eq(consents.submissionId, submissionId))
  return consent?.page ?? undefined
}

/** The new request stands in for the old one, and both stories say so. */
async function takeOver(
  tx: Transaction,
  old: TrialRow,
  oldReference: string,
  { submissionId, reference }: { submissionId: string; reference: string },
  own: string[],
): Promise<void> {
  const [made] = await tx
    .update(trials)
    .set({ corrects: old.id })
    .where(eq(trials.submissionId, submissionId))
    .returning()
  if (!made) throw new Error('a request without its trial')
  // The wrong address may be somebody else's: of what is kept under it, only what this browser sent is taken along.
  const theirs = await tx
    .select({ id: submissions.id })
    .from(submissions)
    .where(and(eq(submissions.leadId, old.leadId), inArray(submissions.id, [old.submissionId, ...own])))
  const kind = 'address-corrected'
  const before = theirs.map(({ id }) => id)
  await tx.insert(events).values([
    { leadId: old.leadId, submissionId: old.submissionId, kind, data: { to: reference } },
    { leadId: made.leadId, submissionId, kind, data: { from: oldReference, before } },
  ])
  await moveTrial(tx, old.id, 'cancelled', 'visitor')
}

function isSame(one: string, other: string): boolean {
  return parseEmail(one)?.canonical === parseEmail(other)?.canonical
}
