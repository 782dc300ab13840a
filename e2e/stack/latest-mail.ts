import { and, desc, eq } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { mails } from '#lib/db/schema'

/** The latest mail of a kind for a submission or a trial, as `readLetter` takes it. Throws if there is none. */
export async function latestMail(owner: { submissionId: string } | { trialId: string }, kind: string) {
  const isOwners =
    'trialId' in owner ? eq(mails.trialId, owner.trialId) : eq(mails.submissionId, owner.submissionId)
  const [mail] = await database()
    .select()
    .from(mails)
    .where(and(isOwners, eq(mails.kind, kind)))
    .orderBy(desc(mails.createdAt))
    .limit(1)
  if (!mail) throw new Error(`no mail of kind ${kind}`)
  return mail
}
