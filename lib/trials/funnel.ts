import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'

const STEPS = ['confirmed', 'active', 'ending', 'converted', 'expired', 'abandoned', 'cancelled'] as const

/** The step that one has to be at to come to this one; demo and trial can each be asked for first. */
const BEFORE: Record<string, string> = {
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

type Step = { step: string; people: number }

/** Requests with a wrong address: another one stands in for each, and counts. */
const withdrawn = sql`select corrects from trials where corrects is not null`

/** How many people came to each step, counted from what the ledger recorded; each person once for a step. */
export async function countFunnel(db: Database): Promise<Step[]> {
  const { rows } = await db.execute<Step>(sql`
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

/** A line for each step: the people, and what part they are of those at the step before. */
export function drawFunnel(steps: Step[]): string[] {
  return steps.map(({ step, people }) => {
    const from = steps.find((each) => each.step === BEFORE[step])
    const part = from?.people ? `  ${Math.round((100 * people) / from.people)}% of ${from.step}` : ''
    return `${step.padEnd(16)}${String(people).padStart(7)}${part}`
  })
}
