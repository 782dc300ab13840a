import { type SQL, sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { log } from '#lib/log'
import { queueMails } from '#lib/mail/outbox'
import { planReminder } from '#lib/mail/planned'
import { tellLate } from '#lib/trials/account'
import { moveTrial } from '#lib/trials/ledger'

/** The end of trial `t` as reminders name it. Part of a query. */
export const endLabel = sql`to_char(t.ends_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** At once, so that a pass stays short; the others follow a minute later. */
const MOST = 500

type Due = { id: string; leadId: string; submissionId: string; email: string; due: string }

/**
 * One pass of the trials' clock: everything that is due and was not done yet, however long ago it fell due.
 * So an outage loses nothing, and a second pass, or one beside it, does nothing twice.
 * @param at in place of the database's clock, for tests
 */
export async function tick(db: Database, config: Config, at?: Date): Promise<void> {
  const now = at ? sql`${at.toISOString()}::timestamptz` : sql`now()`
  // Twelve days after the last link ran out, which is two weeks after its mail.
  const unconfirmed = sql`t.state = 'requested' and t.token_expires_at <= ${now} - interval '12 days'`
  await moveAll(db, config, 'abandoned', unconfirmed)
  await moveAll(db, config, 'ending', sql`t.state = 'active' and t.ends_at <= ${now} + interval '3 days'`)
  await moveAll(db, config, 'expired', sql`t.state = 'ending' and t.ends_at <= ${now}`)
  await remind(db, config, now)
  await tellLate(db, config, now)
}

async function moveAll(
  db: Database,
  config: Config,
  to: 'abandoned' | 'ending' | 'expired',
  condition: SQL,
): Promise<void> {
  for (const { id } of await select(db, sql`${endLabel}`, condition)) {
    // Each for itself: one that can't be moved must not hold up the others.
    await db
      .transaction(async (tx) => {
        const again = sql`t.id = ${id} and ${condition}`
        const [trial] = await select(tx, endLabel, again, sql`for update of t skip locked`)
        if (!trial) return
        await moveTrial(tx, id, to, 'clock')
        if (to !== 'expired') return
        const { leadId, submissionId, email, due } = trial
        const ended = planReminder('trial-ended', email, `${due}/end`, config)
        await queueMails(tx, [ended], { leadId, submissionId, trialId: id })
      })
      .catch((error) => log.error({ err: error, trial: id, to }, 'a trial was not moved'))
  }
}

/**
 * The one reminder that is true now: on the last day the later one only, and none about days that a short
 * trial never had.
 */
async function remind(db: Database, config: Config, now: SQL): Promise<void> {
  const last = sql`t.ends_at <= ${now} + interval '1 day'`
  const due = sql`${endLabel} || case when ${last} then '/1d' else '/3d' end`
  const unsent = sql`t.state = 'ending' and t.ends_at > ${now}
    and t.ends_at - t.starts_at >= case when ${last} then interval '2 days' else interval '4 days' end
    and not exists (select from mails m where m.trial_id = t.id and m.kind = 'trial-ending' and m.data->>'due' = ${due})`
  for (const trial of await select(db, due, unsent)) {
    const { id: trialId, leadId, submissionId, email } = trial
    await queueMails(db, [planReminder('trial-ending', email, trial.due, config)], {
      ...{ leadId, submissionId, trialId },
    })
  }
}

async function select(db: Pick<Database, 'execute'>, due: SQL, condition: SQL, lock = sql``): Promise<Due[]> {
  const { rows } = await db.execute<Due>(sql`
    select t.id, t.lead_id as "leadId", t.submission_id as "submissionId", l.email, ${due} as due
    from trials t join leads l on l.id = t.lead_id
    where ${condition} order by t.ends_at limit ${MOST} ${lock}`)
  return rows
}
