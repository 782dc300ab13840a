import { sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { mailServerState } from '#lib/db/schema'
import { AttemptFailed, type MailServer, probeMailServer } from '#lib/mail/smtp'
import { classifyFailure } from '#lib/mail/smtp-failure'

/** The mail server is unreachable or refuses us. The mails are fine and stay queued. */
export type MailServerDown = { state: 'unreachable' | 'refused'; reason: string }

const MAX_PAUSE_SECONDS = 15

/** The pause before the next probe of the mail server, in ms: 1, 2, 4, 8, 15, 15, … s, by the failed probes in a row. */
export function probeDelay(failedProbes: number): number {
  return Math.min(2 ** failedProbes, MAX_PAUSE_SECONDS) * 1000
}

/** The mail server of the configuration. */
export function mailServerOf(config: Config): MailServer {
  return { smtpUrl: config.smtpUrl ?? '', hello: new URL(config.appUrl).hostname }
}

/** Connects to the mail server and signs in. @returns why that failed; undefined where it worked */
export async function checkMailServer(server: MailServer): Promise<MailServerDown | undefined> {
  try {
    await probeMailServer(server)
    return undefined
  } catch (error) {
    if (!(error instanceof AttemptFailed)) throw error
    const failure = classifyFailure(error.cause as Error, error.stage)
    const state = failure.kind === 'server' ? failure.state : 'unreachable'
    return { state, reason: error.reason }
  }
}

/** Stores the mail server's state, for /readyz and the doctor. */
export async function recordMailServerState(
  db: Pick<Database, 'insert'>,
  down: MailServerDown | undefined,
): Promise<void> {
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
      // Not written again with each mail while nothing changes.
      setWhere: sql`${mailServerState.state} <> ${state} or ${mailServerState.reason} is distinct from ${reason}`,
    })
}
