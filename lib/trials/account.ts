import { inArray, type SQL, sql } from 'drizzle-orm'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { trials } from '#lib/db/schema'
import { RUNNING_STATES } from '#lib/db/trial-states'
import { recordEvents } from '#lib/leads/record-events'
import { log } from '#lib/log'
import { planAlarm } from '#lib/mail/alarm'
import { queueMails } from '#lib/mail/outbox'
import { plan } from '#lib/mail/planned'
import type { Transaction } from '#lib/trials/transitions'

/**
 * The state of a trial's account in the product. `ready`: the person can sign in. `by-hand`: there is no receiver of
 * webhooks, or it answered without a link, so support sets up the account.
 */
export type AccountState = 'ready' | 'preparing' | 'late' | 'by-hand'

/** How long the welcome waits for the product's answer: two attempts of 15 s, and at most 6 s between them. */
export const WELCOME_SECONDS = 45
const LATE_AFTER = sql`interval '10 minutes'`
/** After which support is reminded of an account that it sets up by hand. */
const BY_HAND_AFTER = sql`interval '1 day'`
/** In one pass of the clock; the others follow a minute later. */
export const MAX_TRIALS_PER_PASS = 500

/** Whether webhook `w` is a `trial.confirmed` without a successful response. Part of a query. */
const unanswered = sql`w.type = 'trial.confirmed' and not exists (
  select from webhook_attempts a where a.webhook_id = w.id and a.status between 200 and 299)`

/** The state of a trial's account; `late` after visitor and support were notified. Part of a query on `trials`. */
export const accountOfTrial = sql<AccountState>`case
  when ${trials.accessAt} is not null or ${trials.loginUrl} is not null then 'ready'
  when not exists (select from webhooks w
    where w.lead_id = ${trials.leadId} and w.trial_id = ${trials.id} and ${unanswered}) then 'by-hand'
  when exists (select from events e where e.lead_id = ${trials.leadId} and e.kind = 'account-late'
    and e.data->>'trial' = ${trials.id}::text) then 'late'
  else 'preparing' end`

type LateAccount = {
  id: string
  leadId: string
  submissionId: string
  email: string
  reference: string
  /** The event that the product has not answered; null where support sets up the account. */
  webhook: string | null
  error: string | null
}

/**
 * Notifies support, once for each trial, that a person still can't sign in: ten minutes after the start where the product
 * has not answered, and then the visitor too; a day after it where support sets up the account.
 */
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
      left join webhooks w on w.lead_id = t.lead_id and w.trial_id = t.id and ${unanswered}
    where ${inArray(sql`t.state`, [...RUNNING_STATES])} and t.access_at is null and t.login_url is null
      and case when w.id is null then t.starts_at <= ${now} - ${BY_HAND_AFTER}
        else t.starts_at <= ${now} - ${LATE_AFTER} and (w.attempts > 0 or w.state = 'failed'
          or t.starts_at <= ${now} - ${LATE_AFTER} - interval '2 minutes') end
      and not exists (select from mails m where m.trial_id = t.id and m.kind = 'alarm') ${more}`)
  return rows
}

async function notify(tx: Transaction, late: LateAccount, config: Config): Promise<void> {
  const { id: trialId, leadId, submissionId, email, webhook, error } = late
  const { what, steps } = webhook ? unansweredAlarm(late, webhook) : byHandAlarm(late)
  log.error({ alarm: what, webhook, detail: error }, 'alarm')
  // `due` makes it unique for a trial: see the index `mails_reminder`.
  const alarm = planAlarm(config, { what, detail: error ?? undefined, steps })
  const once = alarm.map((mail) => ({ ...mail, data: { ...mail.data, due: 'account' } }))
  const owner = { leadId, submissionId, trialId }
  await queueMails(tx, once, owner)
  if (!webhook) return
  await recordEvents(tx, [{ leadId, submissionId, kind: 'account-late', data: { trial: trialId } }])
  await queueMails(tx, [plan('trial-access', email, config, { data: { due: 'late' } })], owner)
}

const accessStep = (reference: string) =>
  `npm run trial -- access ${reference} LINK. LINK is where they sign in, or left out. This mails them the way in and the end of the trial.`

function unansweredAlarm({ reference }: LateAccount, webhook: string) {
  return {
    what: `The account of trial ${reference} is not there after ten minutes`,
    steps: [
      `See what the product answered: npm run webhook -- show ${webhook}`,
      `When it is fixed: npm run webhook -- replay ${webhook}. The visitor then gets the link automatically.`,
      `Or set up the account by hand, then: ${accessStep(reference)}`,
      'The visitor was told that it takes longer, and that the days they wait are added to the trial.',
    ],
  }
}

function byHandAlarm({ reference }: LateAccount) {
  return {
    what: `Trial ${reference} has waited a day for access`,
    steps: [
      `Set up their account, then: ${accessStep(reference)}`,
      'Until then the days of the trial do not count, and no reminder goes out.',
      'If they have access already, run the command too: the trial ends only after it.',
    ],
  }
}
