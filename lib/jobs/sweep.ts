import { lt, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { drafts, mailGrants, rateLimits, submissionKeys, workers } from '#lib/db/schema'
import { eraseOldLeads } from '#lib/leads/erase'
import { log } from '#lib/log'

/** Deletes expired drafts, submission keys and rate limits, old mail counts and heartbeats, and erases old leads. */
export async function sweep(db: Database, retentionDays: number): Promise<void> {
  await db.delete(drafts).where(lt(drafts.expiresAt, sql`now()`))
  await db.delete(submissionKeys).where(lt(submissionKeys.expiresAt, sql`now()`))
  await db.delete(rateLimits).where(lt(rateLimits.expire, sql`extract(epoch from now()) * 1000`))
  await db.delete(mailGrants).where(lt(mailGrants.at, sql`now() - interval '24 hours'`))
  await db.delete(workers).where(lt(workers.seenAt, sql`now() - interval '1 day'`))
  const erased = await eraseOldLeads(db, retentionDays)
  if (erased) log.info({ erased }, 'leads were erased: not seen for RETENTION_DAYS')
}
