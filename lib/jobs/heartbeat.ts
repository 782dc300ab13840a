import { eq, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { workers } from '#lib/db/schema'
import { log } from '#lib/log'

const BEAT_MS = 5000

/**
 * Writes this worker's heartbeat every 5 s, by the database's clock.
 * @returns a function that stops it and removes the heartbeat; it never rejects
 */
export function startHeartbeat(db: Database, id: string): () => Promise<void> {
  let writing: Promise<unknown> | undefined
  const beat = () => {
    writing = db
      .insert(workers)
      .values({ id })
      .onConflictDoUpdate({ target: workers.id, set: { seenAt: sql`now()` } })
      .catch((error) => log.warn({ err: error }, 'could not write the heartbeat'))
  }
  beat()
  const timer = setInterval(beat, BEAT_MS)
  return async () => {
    clearInterval(timer)
    await writing
    await db
      .delete(workers)
      .where(eq(workers.id, id))
      .catch((error) => log.warn({ err: error }, 'could not remove the heartbeat'))
  }
}
