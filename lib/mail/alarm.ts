import { sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { log } from '#lib/log'
import { queueMails } from '#lib/mail/outbox'
import { type PlannedMail, plan } from '#lib/mail/planned'

/** What is wrong and what to do, for the operator. */
export type Alarm = { what: string; detail?: string; steps: string[] }

/**
 * Raises an alarm: in the log, and by mail to the fallback address or support, at most once in `hours` for the same `what`
 * (0: each time). In the transaction that stores the cause, so that neither is stored without the other.
 */
export async function raiseAlarm(
  tx: Pick<Database, 'execute'>,
  config: Config,
  alarm: Alarm,
  hours = 1,
): Promise<void> {
  log.error({ alarm: alarm.what, detail: alarm.detail }, 'alarm')
  // Mails fail concurrently; without the lock each would raise its own alarm.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trackstat alarm'))`)
  const { rows } = await tx.execute(sql`
    select 1 from mails where kind = 'alarm' and data->>'what' = ${alarm.what}
      and created_at > now() - make_interval(hours => ${hours}) limit 1`)
  if (!rows.length) await queueMails(tx, planAlarm(config, alarm))
}

/** An alarm as mails to the fallback address or support. */
export function planAlarm(config: Config, alarm: Alarm): PlannedMail[] {
  const recipients = config.supportFallback ?? config.supportEmails
  return recipients.map((recipient) => plan('alarm', recipient, config, { priority: 5, data: alarm }))
}
