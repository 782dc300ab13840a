import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { capture } from '#lib/leads/capture'
import { trialToken } from '#lib/leads/trial-token'
import { runTrialClock } from '#lib/trials/clock'
import { confirmTrial } from '#lib/trials/confirm'

/** Trials of a test file that called `givenOwnDatabase`: what tests do to them, and the rows that they read. */
export const config = parseConfig({})
export const DAY = 86_400_000
let people = 0

const query = async (text: string, ...values: unknown[]) =>
  (await database().$client.query(text, values)).rows

/** Requests a trial, by default for a new person. */
export async function requestTrial(email = `person${++people}@example.com`, name = 'Jane Roe') {
  const values = { name, email, company: 'Desert Spine', terms: true }
  const stored = await capture(database().$client, { form: 'trial', values, attribution: {} }, config)
  if (stored.outcome === 'conflict') throw new Error('a new request was expected')
  const [row] = await query('select id from trials where submission_id = $1', stored.submissionId)
  return { id: row.id as string, reference: stored.reference, submissionId: stored.submissionId, email }
}
export const stateOf = async (id: string) =>
  (await query('select state from trials where id = $1', id))[0].state
/** Marks the confirmation mail with the current code as sent, like the worker. */
export const markDelivered = (id: string) =>
  query(
    `update mails m set state = 'sent', code_issue = t.token_issue from trials t
      where t.id = m.trial_id and t.id = $1 and m.kind = 'trial-confirm'`,
    id,
  )
export const asking = { own: [], proved: false }
export const rowOf = async (id: string) => {
  const [{ submission_id, lead_id }] = await query(
    'select submission_id, lead_id from trials where id = $1',
    id,
  )
  return { submissionId: submission_id as string, leadId: lead_id as string }
}
export const mailsOf = (id: string, kind: string) =>
  query('select id, state, data from mails where trial_id = $1 and kind = $2 order by created_at', id, kind)
export const datesOf = async (id: string) =>
  (await query('select starts_at, ends_at from trials where id = $1', id))[0] as {
    starts_at: Date
    ends_at: Date
  }

/** A trial that was just confirmed, whose person can sign in, with its dates. */
export async function startedTrial(days = 14) {
  const trial = await requestTrial()
  await query('update trials set days = $2 where id = $1', trial.id, days)
  await confirmTrial(trialToken(trial.id, 1))
  await query('update trials set access_at = starts_at where id = $1', trial.id)
  return { ...trial, ...(await datesOf(trial.id)) }
}
/** Runs the trial clock as if `daysBefore` days were left. */
export const runClock = (trial: { ends_at: Date }, daysBefore: number) =>
  runTrialClock(database(), config, new Date(trial.ends_at.getTime() - daysBefore * DAY))
