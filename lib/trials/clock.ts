import { type SQL, sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { log } from '#lib/log'
import { queueMails } from '#lib/mail/outbox'
import { planReminder } from '#lib/mail/planned'
import { MAX_TRIALS_PER_PASS, notifyLateAccounts } from '#lib/trials/account'
import { endLabel } from '#lib/trials/change-mail'
import { moveTrial } from '#lib/trials/transitions'

type Due = { id: string; leadId: string; submissionId: string; email: string; due: string }

/**
 * One pass of the trials' clock: changes states and queues reminders for everything that is due and not done, however long
 * ago it became due, so an outage loses nothing. Passes may run at the same time: nothing is done twice.
 * @param at replaces the database's clock in tests
 */
export async function runTrialClock(db: Database, config: Config, at?: Date): Promise<void> {
  const now = at ? sql`${at.toISOString()}::timestamptz` : sql`now()`
  // Two weeks after the mail: 2 days until the link expires, and 12 more.
  const unconfirmed = sql`t.state = 'requested' and t.token_expires_at <= ${now} - interval '12 days'
    and not exists (select from mails m where m.trial_id = t.id and m.kind = 'trial-confirm' and m.state = 'held')`
  await moveAll(db, 'abandoned', unconfirmed)
  // Not while the person waits for access: those days do not count.
  const ending = sql`t.state = 'active' and t.access_at is not null and t.ends_at <= ${now} + interval '3 days'`
  await moveAll(db, 'ending', ending)
  await moveAll(db, 'expired', sql`t.state = 'ending' and t.ends_at <= ${now}`)
  await remind(db, config, now)
  await notifyLateAccounts(db, config, now)
}

async function moveAll(db: Database, to: 'abandoned' | 'ending' | 'expired', condition: SQL) {
  for (const { id } of await select(db, sql`${endLabel}`, condition)) {
    // One transaction for each trial, so that a failure does not stop the others.
    await db
      .transaction(async (tx) => {
        const again = sql`t.id = ${id} and ${condition}`
        const [trial] = await select(tx, endLabel, again, sql`for update of t skip locked`)
        if (trial) await moveTrial(tx, id, to, 'clock')
      })
      .catch((error) => log.error({ err: error, trial: id, to }, 'a trial was not changed'))
  }
}

/** Queues the 3-day reminder, or only the 1-day one on the last day. A trial too short for a reminder gets none. */
async function remind(db: Database, config: Config, now: SQL): Promise<void> {
  const last = sql`t.ends_at <= ${now} + interval '1 day'`
  const due = sql`${endLabel} || case when ${last} then '/1d' else '/3d' end`
  const unsent = sql`t.state = 'ending' and t.ends_at > ${now}
    and t.ends_at - coalesce(t.access_at, t.starts_at) + interval '1 minute' >= case when ${last} then interval '2 days' else interval '4 days' end
    and not exists (select from mails m where m.trial_id = t.id and m.kind = 'trial-ending' and m.data->>'due' = ${due})`
  for (const trial of await select(db, due, unsent)) {
    const { id: trialId, leadId, submissionId, email } = trial
    const reminder = planReminder('trial-ending', email, trial.due, config)
    await queueMails(db, [reminder], { leadId, submissionId, trialId })
  }
}

async function select(db: Pick<Database, 'execute'>, due: SQL, condition: SQL, lock = sql``): Promise<Due[]> {
  const { rows } = await db.execute<Due>(sql`
    select t.id, t.lead_id as "leadId", t.submission_id as "submissionId", l.email, ${due} as due
    from trials t join leads l on l.id = t.lead_id
    where ${condition} order by t.ends_at limit ${MAX_TRIALS_PER_PASS} ${lock}`)
  return rows
}
