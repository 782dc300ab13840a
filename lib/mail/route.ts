import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { mailRoute } from '#lib/db/schema'

/** The way to the mail server is broken: nothing is wrong with the mail; it stays queued for later. */
export type RouteDown = { state: 'unreachable' | 'refused'; reason: string }

/** Seconds between two looks whether the mail server is back: 2, 4, 8, 15, and so on. */
const LONGEST_PAUSE = 15

/** How long the queue rests after the n-th look in a row that found the route down, in ms. */
export function pauseFor(lookedTimes: number): number {
  return Math.min(2 ** lookedTimes, LONGEST_PAUSE) * 1000
}

/** Writes down how the way to the mail server is, for /readyz and the doctor. */
export async function recordRoute(db: Database, down: RouteDown | undefined): Promise<void> {
  const state = down?.state ?? 'ok'
  const reason = down?.reason ?? null
  await db
    .insert(mailRoute)
    .values({ id: 1, state, reason })
    .onConflictDoUpdate({
      target: mailRoute.id,
      set: {
        state,
        reason,
        since: sql`case when ${mailRoute.state} = ${state} then ${mailRoute.since} else now() end`,
      },
      // A row that says the same is not written again with each mail.
      setWhere: sql`${mailRoute.state} <> ${state} or ${mailRoute.reason} is distinct from ${reason}`,
    })
}
