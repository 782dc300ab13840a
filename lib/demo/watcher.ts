import { eq } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { submissions } from '#lib/db/schema'
import { readVisit } from '#lib/leads/visitor'
import { isAnonymousPass, readPass } from '#lib/leads/watch-pass'

/** Whether the demo may be shown: for a known submission or an anonymous pass. */
export async function mayWatch(cookie: string | undefined, pass: string | undefined): Promise<boolean> {
  return isAnonymousPass(pass) || (await readWatcher(cookie, pass)) !== undefined
}

/** Whose view is recorded: from the visitor's cookie or the pass in the mail. */
export type Watcher = { submissionId: string; leadId: string }

export async function readWatcher(
  cookie: string | undefined,
  pass: string | undefined,
): Promise<Watcher | undefined> {
  const submissionId = readVisit(cookie)?.demo ?? readPass(pass)
  if (!submissionId) return undefined
  const [row] = await database()
    .select({ leadId: submissions.leadId })
    .from(submissions)
    .where(eq(submissions.id, submissionId))
  return row && { submissionId, leadId: row.leadId }
}
