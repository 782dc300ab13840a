import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'

const STEPS = ['confirmed', 'active', 'ending', 'converted', 'expired', 'abandoned', 'cancelled'] as const

/** How many people came to each step, counted from what the ledger recorded; each person once for a step. */
export async function countFunnel(db: Database): Promise<{ step: string; people: number }[]> {
  const { rows } = await db.execute<{ step: string; people: number }>(sql`
    select 'demo requested' as step, count(distinct lead_id)::int as people from submissions
      where form = 'demo' and verdict <> 'held'
    union all
    select 'watched ' || q || ' %', (select count(distinct lead_id)::int from demo_views where quarter >= q)
      from unnest(array[25, 50, 75, 100]) as q
    union all
    select 'trial requested', count(distinct t.lead_id)::int from trials t
      join submissions s on s.id = t.submission_id where s.verdict <> 'held'
    union all
    select s, (select count(distinct lead_id)::int from events where kind = 'trial-' || s)
      from jsonb_array_elements_text(${JSON.stringify(STEPS)}::jsonb) as s`)
  return rows
}
