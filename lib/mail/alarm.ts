import { sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { log } from '#lib/log'
import { queueMails } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'

/** What is wrong and what to do, for the operator. */
export type Alarm = { what: string; detail?: string; steps: string[] }

/**
 * Says that something is wrong: in the log at once, and by mail to the fallback address or support.
 * The same alarm is mailed once an hour at the most.
 */
export async function raiseAlarm(db: Database, config: Config, alarm: Alarm): Promise<void> {
  log.error({ alarm: alarm.what, detail: alarm.detail }, 'alarm')
  const { rows } = await db.execute(sql`
    select 1 from mails where kind = 'alarm' and data->>'what' = ${alarm.what}
      and created_at > now() - interval '1 hour' limit 1`)
  if (rows.length) return
  const recipients = config.supportFallback ?? config.supportEmails
  await queueMails(
    db,
    recipients.map((recipient) => plan('alarm', recipient, config, { priority: 5, data: alarm })),
  )
}
