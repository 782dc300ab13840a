import type { TrialState } from '#lib/db/trial-states'

/**
 * SQL that changes trials and writes the event of each change, as the database requires.
 * @param set what follows `update trials t set`; without a state it keeps the present one
 * @param where selects the trials, as `t`
 */
export function moveTrialSql(set: string, where: string, kind?: TrialState | 'extended'): string {
  return `
    with before as (select t.id, t.state from trials t where ${where} for update),
    changed as (
      update trials t set ${set} from before where t.id = before.id returning t.*, before.state as before_state
    )
    insert into events (lead_id, submission_id, kind, data)
    select lead_id, submission_id, 'trial-' || ${kind ? `'${kind}'` : 'state'}, jsonb_strip_nulls(jsonb_build_object(
      'trial', id, 'from', before_state, 'to', state, 'cause', cause, 'endsAt', ends_at)) from changed`
}
