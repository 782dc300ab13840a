import { eq } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { submissions } from '#lib/db/schema'
import type { Visit } from '#lib/leads/visitor'
import { isAnonymousPass, readPass } from '#lib/leads/watch-pass'

/** Whether the demo may be shown: with a stored submission or an anonymous pass. */
export async function mayWatch(visit: Visit | undefined, pass: string | undefined): Promise<boolean> {
  return isAnonymousPass(pass) || (await readWatcher(visit, pass)) !== undefined
}

/** The submission and lead whose view is recorded. */
export type Watcher = { submissionId: string; leadId: string }

/** The watcher by the browser's visit or, without one, by the pass in the mail's link. */
export async function readWatcher(visit: Visit | undefined, pass: string | undefined) {
  const submissionId = visit?.demo ?? readPass(pass)
  if (!submissionId) return undefined
  const [row] = await database()
    .select({ leadId: submissions.leadId })
    .from(submissions)
    .where(eq(submissions.id, submissionId))
  return row && { submissionId, leadId: row.leadId }
}
