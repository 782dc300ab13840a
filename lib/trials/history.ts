import { asc } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { events, mails } from '#lib/db/schema'
import { identify } from '#lib/forms/answers'
import { eventLabel } from '#lib/leads/event-labels'
import { belongsToPerson } from '#lib/leads/timeline'
import { awaitsAccess } from '#lib/trials/access'
import { findByReference } from '#lib/trials/orders'
import type { TrialRow } from '#lib/trials/transitions'

type HistoryEntry = { at: Date; text: string }

/** The trial's state and dates, then the events and mails of its lead, as lines of text, oldest first; times in UTC. */
export async function describeTrial(db: Database, reference: string): Promise<string[] | undefined> {
  const found = await findByReference(db, reference)
  if (!found) return undefined
  const { trial, submission } = found
  const entries = [...(await readEvents(db, trial.leadId)), ...(await readMails(db, trial.leadId))]
  entries.sort((one, other) => one.at.getTime() - other.at.getTime())
  return [
    // From the submission, not the lead: somebody else may have typed the same address since.
    `${submission.reference}: ${trial.state}. ${[...identify(submission.fields), submission.fields.email].join(', ')}`,
    trial.startsAt && trial.endsAt
      ? `Runs from ${stamp(trial.startsAt)} to ${stamp(trial.endsAt)}.${waits(trial)}`
      : `Not started; ${trial.days} days from its confirmation.`,
    '',
    ...entries.map(({ at, text }) => `${stamp(at)}  ${text}`),
  ]
}

function waits(trial: TrialRow): string {
  if (!awaitsAccess(trial)) return ''
  return ' At the earliest: it waits for access, and its days count from then. Once they can sign in: npm run trial -- access TS-…'
}

function stamp(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

async function readEvents(db: Database, leadId: string): Promise<HistoryEntry[]> {
  const rows = await db.select().from(events).where(belongsToPerson(events, leadId)).orderBy(asc(events.id))
  return rows.map(({ at, kind, data }) => {
    const by = data.cause ? `, by ${data.cause}` : ''
    const until = data.endsAt ? `, ends ${stamp(new Date(String(data.endsAt)))}` : ''
    return { at, text: `${eventLabel(kind, data)}${by}${until}` }
  })
}

async function readMails(db: Database, leadId: string): Promise<HistoryEntry[]> {
  const rows = await db
    .select()
    .from(mails)
    .where(belongsToPerson(mails, leadId))
    .orderBy(asc(mails.createdAt))
  return rows.map(({ kind, recipient, state, lastError, sentAt, createdAt }) => ({
    at: sentAt ?? createdAt,
    text: `Mail ${kind} to ${recipient}: ${state}${lastError ? ` (${lastError})` : ''}`,
  }))
}
