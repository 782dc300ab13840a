import { sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import { clearUnproven } from '#lib/mail/allowance'
import { insertMails, NOTIFY_WORKERS } from '#lib/mail/outbox'
import { planStart } from '#lib/mail/planned'
import { WELCOME_SECONDS } from '#lib/trials/account'
import type { LockedTrial } from '#lib/trials/lock'
import { type Transaction, withTrialEvents } from '#lib/trials/transitions'

const STARTED = sql`exists (select from started)`

/**
 * Starts a trial that was just confirmed, with its events, webhook and mails, in one statement. It runs for its days from
 * now. If the person has had another trial, only the link and code are used up. Trial and lead must be locked by an earlier
 * statement, so that this one sees every trial that has started.
 * @param timeZone IANA name of the visitor's time zone
 * @returns the submission of the started trial: this one, or the other one of the person
 */
export async function startTrial(tx: Transaction, trial: LockedTrial, timeZone?: string): Promise<string> {
  const { id: trialId, leadId, submissionId, email, announced } = trial
  // The welcome waits for the product's answer to the webhook, so that it can contain the sign-in link.
  const mails = planStart(email, announced ? WELCOME_SECONDS : 0, readConfig())
  const { rows } = await tx.execute<{ other: string | null }>(sql`
    with other as materialized (
      select submission_id from trials where lead_id = ${leadId} and starts_at is not null limit 1
    ),
    used as (update trials set token_used_at = now() where id = ${trialId} and exists (select from other)),
    started as (
      update trials set token_used_at = now(), state = 'active', cause = 'visitor', starts_at = now(),
        ends_at = now() + make_interval(days => days), time_zone = ${timeZone ?? null}
      where id = ${trialId} and not exists (select from other) returning *
    ),
    ${withTrialEvents('started', [
      { from: 'requested', to: 'confirmed' },
      { from: 'confirmed', to: 'active' },
    ])},
    proven as (${clearUnproven(email, STARTED)}),
    mail as (${insertMails(mails, { leadId, submissionId, trialId }, STARTED)})
    select (select submission_id from other) as other, ${NOTIFY_WORKERS}`)
  return rows[0]?.other ?? submissionId
}
