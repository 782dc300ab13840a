import type { TrialState } from '#lib/db/trial-states'
import { webhookTypeOf } from '#lib/leads/webhook-types'

/** A change of a trial. `from` is null for a new one; `extended`: it got a later end. */
type TrialChange = { from: TrialState | null; to: TrialState; extended?: boolean }

/**
 * The query for the event of a trial's change, with the columns of `new_events` (`record-events.ts`). The webhook's data
 * are a reference, a state and times, and nothing about the person. No injection: only our own states and column names are
 * put into the text, never a value from outside.
 * @param source name of a CTE that holds the columns of the changed trial, and `reference` and `verdict` of its submission
 */
export function trialEvent(source: string, { from, to, extended }: TrialChange): string {
  const kind = `trial-${extended ? 'extended' : to}`
  // Resuming an abandoned request gets no second `trial.requested`.
  const type = kind === 'trial-requested' && from ? undefined : webhookTypeOf(kind)
  // Confirming and starting are one update; the event of the first step has no end yet.
  const ends = to === 'confirmed' ? 'null::timestamptz' : 'ends_at'
  return `
  select lead_id, submission_id, id as trial_id, '${kind}' as kind,
    jsonb_strip_nulls(jsonb_build_object('trial', id, 'from', ${from ? `'${from}'` : 'null'}, 'to', '${to}',
      'cause', cause, 'endsAt', ${ends})) as data,
    case when verdict <> 'held' then ${type ? `'${type}'` : 'null'} end as webhook_type,
    jsonb_strip_nulls(jsonb_build_object('reference', reference, 'state', '${to}', 'requested_at', ${utc('requested_at')},
      'starts_at', ${utc('starts_at')}, 'ends_at', ${utc('ends_at')}, 'cause', cause)) as webhook_data
  from ${source}`
}

/** A time in ISO 8601 to the millisecond, as in JSON: `2026-11-25T15:01:54.123Z`. */
function utc(column: string): string {
  return `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
