import { and, desc, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { linkForText } from '#emails/link'
import type { TrialChangedProps } from '#emails/trial-changed'
import type { KnownTrial } from '#emails/trial-known'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { events, submissions, trials } from '#lib/db/schema'
import { isRunning, type TrialState } from '#lib/db/trial-states'
import { CONFIRM_HOURS, trialToken } from '#lib/leads/trial-token'
import { calendarOf } from '#lib/letters/calendar'
import type { MailRow } from '#lib/letters/subject'
import { mailDomain } from '#lib/mail/planned'
import { awaitsAccess, daysFromAccess } from '#lib/trials/access'
import { accountOfTrial } from '#lib/trials/account'
import { changesOf } from '#lib/trials/change-mail'
import { trialCode } from '#lib/trials/code'

/**
 * The contents of a `trial-confirm` mail. Only the mail says whether the person has had a trial, and not the response to
 * the form: a stranger who types somebody's address must not learn it.
 */
export async function readConfirmation(db: Database, mail: MailRow, config: Config) {
  const { trial } = await readTrial(db, mail)
  const token = trialToken(trial.id, trial.tokenIssue)
  const known = await readStartedTrial(db, trial)
  return {
    confirmUrl: `${config.appUrl}/trial/confirm?token=${encodeURIComponent(token)}`,
    code: trialCode(trial.id, trial.tokenIssue),
    trialDays: trial.days,
    validHours: CONFIRM_HOURS,
    known,
    // The mail to a person who has had a trial contains no code.
    codeIssue: known ? undefined : trial.tokenIssue,
  }
}

async function readStartedTrial(db: Database, { id, leadId }: { id: string; leadId: string }) {
  const [other] = await db
    .select()
    .from(trials)
    .where(and(eq(trials.leadId, leadId), ne(trials.id, id), isNotNull(trials.startsAt)))
    .orderBy(desc(trials.endsAt))
    .limit(1)
  if (!other?.endsAt) return undefined
  const state = knownAs(other.state)
  return {
    state,
    endsAt: state === 'canceled' ? await readCancellation(db, other) : other.endsAt,
    timeZone: other.timeZone ?? undefined,
    loginUrl:
      ['running', 'customer'].includes(state) && other.loginUrl ? linkForText(other.loginUrl) : undefined,
    daysFromAccess: daysFromAccess(other),
  }
}

/** How the mail describes a trial that has started. */
function knownAs(state: TrialState): KnownTrial['state'] {
  if (state === 'converted') return 'customer'
  if (state === 'cancelled') return 'canceled'
  return isRunning(state) ? 'running' : 'had'
}

async function readCancellation(db: Database, { id, leadId }: { id: string; leadId: string }): Promise<Date> {
  const [event] = await db
    .select({ at: events.at })
    .from(events)
    .where(
      sql`${events.leadId} = ${leadId} and ${events.kind} = 'trial-cancelled' and ${events.data}->>'trial' = ${id}`,
    )
    .orderBy(desc(events.id))
    .limit(1)
  if (!event) throw new Error('a canceled trial without its event')
  return event.at
}

/** The contents of `trial-welcome`, with the end as a calendar event. */
export async function readWelcome(db: Database, mail: MailRow, config: Config) {
  const { account, ...dates } = await readDates(db, mail)
  const preparing = account === 'preparing' || account === 'late'
  return { ...propsOf(dates), preparing, attachments: [calendarFor(dates, config)] }
}

/** The contents of `trial-access`. The end may have moved by the wait for access, so the calendar event comes again. */
export async function readAccess(db: Database, mail: MailRow, config: Config) {
  const { account, ...dates } = await readDates(db, mail)
  const customer = dates.trial.state === 'converted'
  const attachments = mail.data.asked || customer ? undefined : [calendarFor(dates, config)]
  return { ...propsOf(dates), customer, asked: mail.data.asked ? account : undefined, attachments }
}

/** The contents of `trial-changed`. */
export async function readChange(db: Database, mail: MailRow, config: Config) {
  const dates = await readDates(db, mail)
  const change = mail.data.change as TrialChangedProps['change']
  const props = { ...propsOf(dates), change, changedAt: mail.createdAt }
  const loginUrl = change === 'cancelled' ? undefined : props.loginUrl
  return { ...props, loginUrl, attachments: [calendarFor(dates, config)] }
}

export async function readReminder(db: Database, mail: MailRow) {
  const { endsAt, timeZone, loginUrl } = propsOf(await readDates(db, mail))
  return { endsAt, timeZone, loginUrl }
}

type Dates = Omit<Awaited<ReturnType<typeof readDates>>, 'account'>

function propsOf({ trial, startsAt, endsAt }: Dates) {
  return {
    ...{ startsAt, endsAt },
    timeZone: trial.timeZone ?? undefined,
    loginUrl: trial.loginUrl ? linkForText(trial.loginUrl) : undefined,
    daysFromAccess: daysFromAccess(trial),
  }
}

function calendarFor({ trial, endsAt, reference, changes }: Dates, config: Config) {
  const over = trial.state === 'cancelled' || trial.state === 'converted'
  const status = over ? 'cancelled' : awaitsAccess(trial) ? 'tentative' : 'confirmed'
  return calendarOf({
    uid: `${trial.id}@${mailDomain(config)}`,
    endsAt,
    reference,
    sequence: changes,
    status,
  })
}

async function readDates(db: Database, mail: MailRow) {
  const row = await readTrial(db, mail)
  const { startsAt, endsAt } = row.trial
  if (!startsAt || !endsAt) throw new Error('a trial that has not started has no dates')
  return { ...row, startsAt, endsAt }
}

async function readTrial(db: Database, mail: MailRow) {
  if (!mail.trialId) throw new Error('this mail belongs to no trial')
  const [row] = await db
    .select({
      trial: trials,
      reference: submissions.reference,
      account: accountOfTrial,
      changes: changesOf(trials),
    })
    .from(trials)
    .innerJoin(submissions, eq(submissions.id, trials.submissionId))
    .where(eq(trials.id, mail.trialId))
  if (!row) throw new Error('the trial of this mail is gone')
  return row
}
