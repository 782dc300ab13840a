import { eq, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { workers } from '#lib/db/schema'
import { log } from '#lib/log'

const BEAT_MS = 5000

/** Writes this worker's heartbeat every 5 s, by the database's clock. @returns the timer */
export function startHeartbeat(db: Database, id: string): NodeJS.Timeout {
  const beat = () =>
    db
      .insert(workers)
      .values({ id })
      .onConflictDoUpdate({ target: workers.id, set: { seenAt: sql`now()` } })
      .catch((error) => log.warn({ err: error }, 'could not write the heartbeat'))
  void beat()
  return setInterval(beat, BEAT_MS)
}

export async function removeHeartbeat(db: Database, id: string): Promise<void> {
  await db.delete(workers).where(eq(workers.id, id))
}
