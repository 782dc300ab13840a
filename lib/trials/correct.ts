import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import * as z from 'zod/mini'
import type { Config } from '#lib/config'
import { database } from '#lib/db/connection'
import * as schema from '#lib/db/schema'
import { submissions, trials } from '#lib/db/schema'
import { parseEmail } from '#lib/forms/email'
import { errorsOf, submissionSchema } from '#lib/forms/schema'
import { capture } from '#lib/leads/capture'
import { moveTrial } from '#lib/trials/ledger'

export type Correction =
  | { outcome: 'corrected'; submissionId: string }
  /** `late`: confirmed or withdrawn, there is nothing to correct. `once`: it was corrected before. */
  | { outcome: 'late' | 'once' }
  | { outcome: 'invalid'; error: string }

/**
 * Requests the same trial with another address and withdraws the first request, both or neither. Two
 * presses at once correct it once.
 * @throws {CaptureUnavailable} when the database can't take it now
 */
export async function correctAddress(
  submissionId: string,
  email: string,
  page: string,
  config: Config,
): Promise<Correction> {
  const client = await database().$client.connect()
  try {
    // One connection for both: capture() sends its one statement inside this transaction.
    return await drizzle(client, { schema }).transaction(async (tx): Promise<Correction> => {
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
      const stored = await capture(client, { ...arrival, key: trial.id, page }, config)
      if (stored.outcome === 'conflict') throw new Error('the key of a correction was used before')
      await tx.update(trials).set({ corrects: trial.id }).where(eq(trials.submissionId, stored.submissionId))
      if (trial.state === 'requested') await moveTrial(tx, trial.id, 'cancelled', 'visitor')
      return { outcome: 'corrected', submissionId: stored.submissionId }
    })
  } finally {
    client.release()
  }
}

function isSame(one: string, other: string): boolean {
  return parseEmail(one)?.canonical === parseEmail(other)?.canonical
}
