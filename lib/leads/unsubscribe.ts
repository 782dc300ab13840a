import { eq } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { leads, suppressions } from '#lib/db/schema'
import { signToken, verifyToken } from '#lib/guard/token'
import { recordEvents } from '#lib/leads/record-events'

/** The token in a mail's unsubscribe link (RFC 8058). Contains only the lead's id. */
export function unsubscribeToken(leadId: string): string {
  return signToken('unsubscribe', leadId)
}

/** Suppresses acknowledgements and reminders to the lead's address. Idempotent. @returns whether the token is valid */
export async function unsubscribe(token: string | undefined): Promise<boolean> {
  const leadId = verifyToken('unsubscribe', token)
  if (!leadId) return false
  const [lead] = await database().select().from(leads).where(eq(leads.id, leadId))
  if (!lead) return false
  await database().transaction(async (tx) => {
    const listed = await tx
      .insert(suppressions)
      .values({ emailCanonical: lead.emailCanonical, reason: 'unsubscribed' })
      .onConflictDoNothing()
      .returning()
    if (listed.length) await recordEvents(tx, [{ leadId, kind: 'unsubscribed' }])
  })
  return true
}
