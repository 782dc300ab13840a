import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { TRIAL_STATES, type TrialState } from '#lib/db/trial-states'

/** The states after `requested`, which has its own query. */
const STEPS = TRIAL_STATES.filter((state) => state !== 'requested')

/** The step before each one. Demo and trial have none: either can be requested first. */
const BEFORE: Record<Exclude<TrialState, 'requested'> | `watched ${25 | 50 | 75 | 100}%`, string> = {
  'watched 25%': 'demo requested',
  'watched 50%': 'watched 25%',
  'watched 75%': 'watched 50%',
  'watched 100%': 'watched 75%',
  confirmed: 'trial requested',
  active: 'confirmed',
  ending: 'active',
  converted: 'active',
  expired: 'active',
  abandoned: 'trial requested',
  cancelled: 'trial requested',
}

type FunnelStep = { step: string; people: number }

/** Trials that were requested with a wrong address; the corrected requests count instead. */
const withdrawn = sql`select corrects from trials where corrects is not null`

/** How many people reached each step. A person counts once for each step. */
export async function countFunnel(db: Database): Promise<FunnelStep[]> {
  const { rows } = await db.execute<FunnelStep>(sql`
    select 'demo requested' as step, count(distinct lead_id)::int as people from submissions
      where form = 'demo' and verdict <> 'held'
    union all
    select 'watched ' || q || '%', (select count(distinct lead_id)::int from demo_views where quarter >= q)
      from unnest(array[25, 50, 75, 100]) as q
    union all
    select 'trial requested', count(distinct t.lead_id)::int from trials t
      join submissions s on s.id = t.submission_id where s.verdict <> 'held' and t.id not in (${withdrawn})
    union all
    select s, (select count(distinct lead_id)::int from events where kind = 'trial-' || s
        and (data->>'trial')::uuid not in (${withdrawn}))
      from jsonb_array_elements_text(${JSON.stringify(STEPS)}::jsonb) as s`)
  return rows
}

/** A line for each step: the number of people, and their share of the step before. */
export function drawFunnel(steps: FunnelStep[]): string[] {
  return steps.map(({ step, people }) => {
    const from = steps.find((each) => each.step === (BEFORE as Record<string, string>)[step])
    const part = from?.people ? `  ${Math.round((100 * people) / from.people)}% of ${from.step}` : ''
    return `${step.padEnd(16)}${String(people).padStart(7)}${part}`
  })
}
