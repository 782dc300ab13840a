import { lt, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { drafts, rateLimits, submissionKeys, workers } from '#lib/db/schema'

/** Removes what has served its time: drafts, content keys, counters, workers that are long gone. */
export async function sweep(db: Database): Promise<void> {
  await db.delete(drafts).where(lt(drafts.expiresAt, sql`now()`))
  await db.delete(submissionKeys).where(lt(submissionKeys.expiresAt, sql`now()`))
  await db.delete(rateLimits).where(lt(rateLimits.expire, sql`extract(epoch from now()) * 1000`))
  await db.delete(workers).where(lt(workers.seenAt, sql`now() - interval '1 day'`))
}
