import { and, desc, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { createEvent } from 'ics'
import type { Config } from '#lib/config'
import type { Database } from '#lib/db/connection'
import { events, submissions, trials } from '#lib/db/schema'
import { isRunning, type TrialState } from '#lib/db/trial-states'
import { CONFIRM_HOURS, trialToken } from '#lib/leads/trial-token'
import type { MailRow } from '#lib/letters/subject'
import { mailDomain } from '#lib/mail/planned'
import { accountOfTrial } from '#lib/trials/account'
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
    loginUrl: ['running', 'customer'].includes(state) ? (other.loginUrl ?? undefined) : undefined,
  }
}

/** How the mail describes a trial that has started. */
function knownAs(state: TrialState) {
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

export async function readWelcome(db: Database, mail: MailRow, config: Config) {
  const { trial, reference, account } = await readTrial(db, mail)
  const { startsAt, endsAt } = trial
  const timeZone = trial.timeZone ?? undefined
  if (!startsAt || !endsAt) throw new Error('a trial that has not started has no dates')
  const calendar = calendarOf(`${trial.id}@${mailDomain(config)}`, endsAt, reference)
  const loginUrl = trial.loginUrl ?? undefined
  const preparing = account === 'preparing' || account === 'late'
  return { startsAt, endsAt, timeZone, loginUrl, preparing, attachments: [calendar] }
}

/** The end of a trial as an iCalendar file (RFC 5545), in UTC. */
function calendarOf(uid: string, endsAt: Date, reference: string) {
  const { error, value } = createEvent({
    uid,
    productId: 'trackstat',
    title: 'TrackStat trial ends',
    description: `Reference number ${reference}`,
    start: endsAt.getTime(),
    startInputType: 'utc',
    startOutputType: 'utc',
    duration: { minutes: 15 },
    busyStatus: 'FREE',
    transp: 'TRANSPARENT',
  })
  if (error || !value) throw new Error('the calendar entry could not be made', { cause: error })
  return { filename: 'trackstat-trial-ends.ics', contentType: 'text/calendar; charset=utf-8', content: value }
}

export async function readAccess(db: Database, mail: MailRow) {
  const { trial, account } = await readTrial(db, mail)
  return { loginUrl: trial.loginUrl ?? undefined, asked: mail.data.asked ? account : undefined }
}

export async function readReminder(db: Database, mail: MailRow) {
  const { trial } = await readTrial(db, mail)
  if (!trial.endsAt) throw new Error('a trial that has not started has no end')
  const loginUrl = isRunning(trial.state) ? (trial.loginUrl ?? undefined) : undefined
  return { endsAt: trial.endsAt, timeZone: trial.timeZone ?? undefined, loginUrl }
}

async function readTrial(db: Database, mail: MailRow) {
  if (!mail.trialId) throw new Error('this mail belongs to no trial')
  const [row] = await db
    .select({ trial: trials, reference: submissions.reference, account: accountOfTrial })
    .from(trials)
    .innerJoin(submissions, eq(submissions.id, trials.submissionId))
    .where(eq(trials.id, mail.trialId))
  if (!row) throw new Error('the trial of this mail is gone')
  return row
}
