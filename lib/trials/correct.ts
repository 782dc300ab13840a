import { and, eq, inArray } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import * as z from 'zod/mini'
import type { Config } from '#lib/config'
import { database } from '#lib/db/connection'
import * as schema from '#lib/db/schema'
import { consents, submissions, trials } from '#lib/db/schema'
import { isUnconfirmed } from '#lib/db/trial-states'
import { parseEmail } from '#lib/forms/email'
import { errorsOf, submissionSchema } from '#lib/forms/submission-schema'
import { capture } from '#lib/leads/capture'
import { recordEvents } from '#lib/leads/record-events'
import { moveTrial, type Transaction, type TrialRow } from '#lib/trials/transitions'

export type Correction =
  | { outcome: 'corrected'; submissionId: string }
  /** `late`: already confirmed or withdrawn. `once`: this request is itself a correction. */
  | { outcome: 'late' | 'once' }
  | { outcome: 'invalid'; error: string }

/**
 * Requests the same trial with another address and cancels the first request, in one transaction. Concurrent corrections
 * of one request make one new request.
 * @param own submissions of this browser; those under the wrong address join the timeline of the new lead
 * @param network pseudonym of the visitor's network
 * @throws {CaptureUnavailable} if the database can't store it now
 */
export async function correctAddress(
  submissionId: string,
  email: string,
  own: string[],
  config: Config,
  network?: string,
): Promise<Correction> {
  const connection = await database().$client.connect()
  try {
    // capture() gets the same connection, so that its statement is part of this transaction.
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
      if (!isUnconfirmed(trial.state)) return { outcome: 'late' }
      const parsed = z.safeParse(submissionSchema('trial'), { ...submission.fields, email })
      if (!parsed.success)
        return { outcome: 'invalid', error: Object.values(errorsOf(parsed.error))[0]?.[0] ?? '' }
      if (isSame(email, String(submission.fields.email)))
        return {
          outcome: 'invalid',
          error: 'That’s the address we already used. Enter the right one.',
        }
      const { attribution, reasons, verdict } = submission
      // A flagged one is not flagged again: this press proves as much as the one that releases it.
      const heldFor = verdict === 'held' ? reasons : []
      const arrival = { form: 'trial' as const, values: parsed.data, attribution, heldFor }
      const page = await readPage(tx, submissionId)
      const stored = await capture(connection, { ...arrival, correctionOf: trial.id, page, network }, config)
      if (stored.outcome === 'conflict') throw new Error('the key of a correction was used before')
      await replaceTrial(tx, trial, submission.reference, stored, own)
      return { outcome: 'corrected', submissionId: stored.submissionId }
    })
  } finally {
    connection.release()
  }
}

/** The page where the visitor consented, from the first request. */
async function readPage(tx: Transaction, submissionId: string): Promise<string | undefined> {
  const [consent] = await tx.select().from(consents).where(eq(consents.submissionId, submissionId))
  return consent?.page ?? undefined
}

/** Links the new request to the old one in both timelines, and cancels the old one. */
async function replaceTrial(
  tx: Transaction,
  old: TrialRow,
  oldReference: string,
  { submissionId, reference }: { submissionId: string; reference: string },
  own: string[],
): Promise<void> {
  const [corrected] = await tx
    .update(trials)
    .set({ corrects: old.id })
    .where(eq(trials.submissionId, submissionId))
    .returning()
  if (!corrected) throw new Error('a request without its trial')
  // The wrong address may be somebody else's, so only submissions of this browser belong to this person.
  const sentHere = await tx
    .select({ id: submissions.id })
    .from(submissions)
    .where(and(eq(submissions.leadId, old.leadId), inArray(submissions.id, [old.submissionId, ...own])))
  const kind = 'address-corrected'
  const before = sentHere.map(({ id }) => id)
  await recordEvents(tx, [
    { leadId: old.leadId, submissionId: old.submissionId, kind, data: { to: reference } },
    { leadId: corrected.leadId, submissionId, kind, data: { from: oldReference, before } },
  ])
  await moveTrial(tx, old.id, 'cancelled', 'visitor')
}

function isSame(one: string, other: string): boolean {
  return parseEmail(one)?.canonical === parseEmail(other)?.canonical
}
