import { sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { mailServerState } from '#lib/db/schema'
import { AttemptFailed, type MailServer, probeMailServer } from '#lib/mail/smtp'
import { classifyFailure } from '#lib/mail/smtp-failure'
import { maskEmail } from '#lib/mask'

/** The way to the mail server is broken: nothing is wrong with the mails; they stay queued. */
export type MailServerDown = { state: 'unreachable' | 'refused'; reason: string }

/** Seconds between two looks whether the mail server is back: 2, 4, 8, 15, and so on. */
const MAX_PAUSE_SECONDS = 15

/** How long the queue rests after the n-th look in a row that found the route down, in ms. */
export function probeDelay(failedProbes: number): number {
  return Math.min(2 ** failedProbes, MAX_PAUSE_SECONDS) * 1000
}

/** Where this service hands its mail over. */
export function mailServerOf(config: Config): MailServer {
  return { smtpUrl: config.smtpUrl ?? '', hello: new URL(config.appUrl).hostname }
}

/** Connects to the mail server and signs in. Answers what is wrong, if anything is. */
export async function checkMailServer(route: MailServer): Promise<MailServerDown | undefined> {
  try {
    await probeMailServer(route)
    return undefined
  } catch (error) {
    if (!(error instanceof AttemptFailed)) throw error
    const failure = classifyFailure(error.cause as Error, error.stage)
    const state = failure.kind === 'server' ? failure.state : 'unreachable'
    return { state, reason: maskEmail(error.message) }
  }
}

/** Writes down how the way to the mail server is, for /readyz and the doctor. */
export async function recordMailServerState(db: Database, down: MailServerDown | undefined): Promise<void> {
  const state = down?.state ?? 'ok'
  const reason = down?.reason ?? null
  await db
    .insert(mailServerState)
    .values({ id: 1, state, reason })
    .onConflictDoUpdate({
      target: mailServerState.id,
      set: {
        state,
        reason,
        since: sql`case when ${mailServerState.state} = ${state} then ${mailServerState.since} else now() end`,
      },
      // A row that says the same is not written again with each mail.
      setWhere: sql`${mailServerState.state} <> ${state} or ${mailServerState.reason} is distinct from ${reason}`,
    })
}
