import { type SQL, sql } from 'drizzle-orm'
import { readConfig } from '#lib/config'
import type { trials } from '#lib/db/schema'
import type { TrialState } from '#lib/db/trial-states'
import { type PlannedMail, plan, planReminder } from '#lib/mail/planned'
import type { Transaction } from '#lib/trials/transitions'

/** A trial that is about to be changed, locked. */
export type ChangingTrial = {
  id: string
  leadId: string
  submissionId: string
  email: string
  state: TrialState
  started: boolean
  hasAccess: boolean
  /** Seconds since the start. */
  waited: number
  /** As `endLabel`. */
  end: string
  /** As `changesOf`. */
  changes: number
}

/** The end of trial `t`, as written in the `due` of reminders. Part of a query. */
export const endLabel = sql`to_char(t.ends_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/**
 * How often a trial was extended, canceled or converted: the SEQUENCE of its calendar event, and the number of its
 * `trial-changed` mails. Part of a query on `trials` or its alias.
 */
export const changesOf = (trial: SQL | typeof trials) =>
  sql<number>`(select count(*)::int from events e where e.lead_id = ${trial}.lead_id
    and e.data->>'trial' = ${trial}.id::text and e.kind in ('trial-extended', 'trial-cancelled', 'trial-converted'))`

/** Locks a trial until the end of the transaction. */
export async function lockForChange(tx: Transaction, id: string): Promise<ChangingTrial> {
  const { rows } = await tx.execute<ChangingTrial>(sql`
    select t.id, t.lead_id as "leadId", t.submission_id as "submissionId", l.email, t.state,
      t.starts_at is not null as started, t.access_at is not null as "hasAccess",
      extract(epoch from now() - t.starts_at)::float8 as waited, ${endLabel} as "end", ${changesOf(sql`t`)} as changes
    from trials t join leads l on l.id = t.lead_id where t.id = ${id} for update of t`)
  if (!rows[0]) throw new Error('there is no such trial')
  return rows[0]
}

/**
 * The mail that tells the person of a change. None before the start: the address is not proved then, and may be somebody
 * else's.
 */
export function planChangeMail(trial: ChangingTrial, change: TrialState | 'extended'): PlannedMail[] {
  const { email, started, end, changes } = trial
  if (!started) return []
  if (change === 'expired') return [planReminder('trial-ended', email, `${end}/end`, readConfig())]
  if (change !== 'extended' && change !== 'cancelled' && change !== 'converted') return []
  const data = { change, due: `change/${changes + 1}` }
  return [plan('trial-changed', email, readConfig(), { data })]
}
