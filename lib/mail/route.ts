import { sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { mailRoute } from '#lib/db/schema'
import { sortFailure } from '#lib/mail/failure'
import { AttemptFailed, probeRoute, type Route } from '#lib/mail/smtp'
import { maskEmail } from '#lib/mask'

/** The way to the mail server is broken: nothing is wrong with the mails; they stay queued. */
export type RouteDown = { state: 'unreachable' | 'refused'; reason: string }

/** Seconds between two looks whether the mail server is back: 2, 4, 8, 15, and so on. */
const LONGEST_PAUSE = 15

/** How long the queue rests after the n-th look in a row that found the route down, in ms. */
export function pauseFor(lookedTimes: number): number {
  return Math.min(2 ** lookedTimes, LONGEST_PAUSE) * 1000
}

/** Where this service hands its mail over. */
export function routeOf(config: Config): Route {
  return { smtpUrl: config.smtpUrl ?? '', hello: new URL(config.appUrl).hostname }
}

/** Connects to the mail server and signs in. Answers what is wrong, if anything is. */
export async function checkRoute(route: Route): Promise<RouteDown | undefined> {
  try {
    await probeRoute(route)
    return undefined
  } catch (error) {
    if (!(error instanceof AttemptFailed)) throw error
    const failure = sortFailure(error.cause as Error, error.stage)
    const state = failure.sort === 'route' ? failure.state : 'unreachable'
    return { state, reason: maskEmail(error.message) }
  }
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
