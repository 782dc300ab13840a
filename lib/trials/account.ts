import { inArray, type SQL, sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { trials, type webhooks } from '#lib/db/schema'
import { RUNNING_STATES } from '#lib/db/trial-states'
import { hashToken } from '#lib/guard/token'
import { recordEvents } from '#lib/leads/record-events'
import { log } from '#lib/log'
import { planAlarm } from '#lib/mail/alarm'
import { queueMails, sendNow } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'
import type { Transaction } from '#lib/trials/transitions'

/**
 * The state of a trial's account in the product. `by-hand`: there is no receiver of webhooks, or it answered without a
 * link, so support sets up the account.
 */
export type AccountState = 'ready' | 'preparing' | 'late' | 'by-hand'

/** How long the welcome waits for the product's answer: two attempts of 15 s, and at most 6 s between them. */
export const WELCOME_SECONDS = 45
const LATE_AFTER = sql`interval '10 minutes'`
/** In one pass of the clock; the others follow a minute later. */
export const MAX_TRIALS_PER_PASS = 500

/** Whether webhook `w` is a `trial.confirmed` without a successful response. Part of a query. */
const unanswered = sql`w.type = 'trial.confirmed' and not exists (
  select from webhook_attempts a where a.webhook_id = w.id and a.status between 200 and 299)`

/** The state of a trial's account; `late` after visitor and support were notified. Part of a query on `trials`. */
export const accountOfTrial = sql<AccountState>`case
  when ${trials.loginUrl} is not null then 'ready'
  when not exists (select from webhooks w
    where w.lead_id = ${trials.leadId} and w.trial_id = ${trials.id} and ${unanswered}) then 'by-hand'
  when exists (select from events e where e.lead_id = ${trials.leadId} and e.kind = 'account-late'
    and e.data->>'trial' = ${trials.id}::text) then 'late'
  else 'preparing' end`

/**
 * Stores the product's answer to `trial.confirmed`. The sign-in link is mailed with the welcome, or in a separate mail if
 * the welcome was composed without it.
 */
export async function storeProductAnswer(
  tx: Transaction,
  { trialId, leadId, submissionId }: typeof webhooks.$inferSelect,
  loginUrl: string | undefined,
  config: Config,
): Promise<void> {
  if (!trialId || !leadId) return
  const changed = loginUrl && (await storeLoginUrl(tx, trialId, loginUrl))
  const inWelcome = await sendNow(tx, trialId, 'trial-welcome')
  if (!changed) return
  await recordEvents(tx, [{ leadId, submissionId, kind: 'account-ready', data: { trial: trialId } }])
  if (inWelcome) return
  const { rows } = await tx.execute<{ email: string }>(sql`select email from leads where id = ${leadId}`)
  // `due` makes the mail unique by link: a replay with another link sends another mail.
  const due = `ready/${hashToken(loginUrl).slice(0, 12)}`
  const mail = plan('trial-access', rows[0]?.email ?? '', config, { data: { due } })
  await queueMails(tx, [mail], { leadId, submissionId, trialId })
}

async function storeLoginUrl(tx: Transaction, trialId: string, loginUrl: string): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    update trials set login_url = ${loginUrl} where id = ${trialId} and login_url is distinct from ${loginUrl}`)
  return rowCount === 1
}

type LateAccount = {
  id: string
  leadId: string
  submissionId: string
  email: string
  reference: string
  webhook: string
  error: string | null
}

/** Notifies the visitor and support, once for each trial, that the product has not answered for ten minutes. */
export async function notifyLateAccounts(db: Database, config: Config, now: SQL): Promise<void> {
  for (const { id } of await findLate(db, now)) {
    await db
      .transaction(async (tx) => {
        const [trial] = await findLate(tx, now, sql`and t.id = ${id} for update of t skip locked`)
        if (trial) await notify(tx, trial, config)
      })
      .catch((error) => log.error({ err: error, trial: id }, 'the notification of a late account failed'))
  }
}

async function findLate(db: Pick<Database, 'execute'>, now: SQL, more = sql`limit ${MAX_TRIALS_PER_PASS}`) {
  // If there was no attempt yet, the worker may have just restarted, so it gets two more minutes.
  const { rows } = await db.execute<LateAccount>(sql`
    select t.id, t.lead_id as "leadId", t.submission_id as "submissionId", l.email, s.reference,
      w.id as webhook, w.last_error as error
    from trials t join leads l on l.id = t.lead_id join submissions s on s.id = t.submission_id
      join webhooks w on w.lead_id = t.lead_id and w.trial_id = t.id
    where ${inArray(sql`t.state`, [...RUNNING_STATES])} and t.login_url is null and t.starts_at <= ${now} - ${LATE_AFTER}
      and ${unanswered} and (w.attempts > 0 or w.state = 'failed' or t.starts_at <= ${now} - ${LATE_AFTER} - interval '2 minutes')
      and not exists (select from mails m where m.trial_id = t.id and m.kind = 'alarm') ${more}`)
  return rows
}

async function notify(tx: Transaction, late: LateAccount, config: Config): Promise<void> {
  const { id: trialId, leadId, submissionId, email, reference, webhook, error } = late
  const what = `The account of trial ${reference} is not there after ten minutes`
  log.error({ alarm: what, webhook, detail: error }, 'alarm')
  const alarm = planAlarm(config, {
    what,
    detail: error ?? undefined,
    steps: [
      `See what the product answered: npm run webhook -- show ${webhook}`,
      `When it is fixed: npm run webhook -- replay ${webhook}. The visitor then gets the link automatically.`,
      'Or set up the account by hand and write to the visitor, who was told that it takes longer.',
    ],
  })
  // `due` makes it unique for a trial: see the index `mails_reminder`.
  const once = alarm.map((mail) => ({ ...mail, data: { ...mail.data, due: 'account' } }))
  const mail = plan('trial-access', email, config, { data: { due: 'late' } })
  await recordEvents(tx, [{ leadId, submissionId, kind: 'account-late', data: { trial: trialId } }])
  await queueMails(tx, [...once, mail], { leadId, submissionId, trialId })
}
