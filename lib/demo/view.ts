import { eq, sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Database } from '#lib/db/connection'
import { demoViews, events } from '#lib/db/schema'
import { FILM_SECONDS } from '#lib/demo/scenes'
import type { Watcher } from '#lib/demo/watcher'

const seconds = z.int().check(z.minimum(0), z.maximum(6 * 3600))

/**
 * What a player reports: `spans` is what was played in this opening of the page, in whole seconds
 * (`"0-12,30-41"`), so that a report that is lost is made good by the next one.
 */
export const reportSchema = z.object({
  spans: z.string().check(z.maxLength(4000), z.regex(/^(\d{1,5}-\d{1,5}(,\d{1,5}-\d{1,5})*)?$/)),
  position: seconds,
  duration: seconds,
  pass: z.optional(z.string().check(z.maxLength(400))),
})
export type Report = z.infer<typeof reportSchema>

const QUARTERS = [25, 50, 75, 100]

/** A player may run at double speed, and its first report may be late. */
const SPEED = 2
const GRACE_SECONDS = 15

type View = { duration: number; quarter: number; elapsed: number; merged: string; total: number }

/**
 * Adds what was seen: seconds, each once, whatever was skipped to or played twice. What can't have been
 * seen in the time since the first report is not counted. Each quarter is one event, ever.
 * @param own whether the film is the sample, whose length we know
 */
export async function recordView(db: Database, watcher: Watcher, report: Report, own: boolean) {
  const { submissionId, leadId } = watcher
  const duration = own ? FILM_SECONDS : report.duration
  if (duration < 1) return
  await db.transaction(async (tx) => {
    await tx.insert(demoViews).values({ submissionId, leadId, duration }).onConflictDoNothing()
    const spans = toMultirange(report.spans)
    const { rows } = await tx.execute<View>(sql`
      with v as (select * from demo_views where submission_id = ${submissionId} for update),
        m as (select (seen + ${spans}::int4multirange) * int4multirange(int4range(0, duration)) as merged from v)
      select v.duration, v.quarter, extract(epoch from now() - v.began_at)::float8 as elapsed, m.merged::text as merged,
        (select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(m.merged) r) as total
      from v, m`)
    const view = rows[0]
    if (!view || view.total > view.elapsed * SPEED + GRACE_SECONDS) return
    const reached = quarterOf(view.total / view.duration)
    const quarter = Math.max(view.quarter, reached)
    const position = Math.min(report.position, view.duration)
    const seen = sql`${view.merged}::int4multirange`
    await tx
      .update(demoViews)
      .set({ seen, position, quarter, updatedAt: sql`now()` })
      .where(eq(demoViews.submissionId, submissionId))
    const news = QUARTERS.filter((percent) => percent > view.quarter && percent <= reached)
    for (const percent of news)
      await tx.insert(events).values({ leadId, submissionId, kind: 'demo-watched', data: { percent } })
  })
}

/** Where the player stood last, in seconds; 0 at the first visit. */
export async function readPosition(db: Database, { submissionId }: Watcher): Promise<number> {
  const [view] = await db
    .select({ position: demoViews.position })
    .from(demoViews)
    .where(eq(demoViews.submissionId, submissionId))
  return view?.position ?? 0
}

/** The last half second of a film is often not played to its end: 98 % are the whole. */
function quarterOf(share: number): number {
  return share >= 0.98 ? 100 : Math.floor(Math.min(share, 0.99) * 4) * 25
}

function toMultirange(spans: string): string {
  const ranges = spans
    .split(',')
    .map((span) => span.split('-').map(Number))
    .filter(([from = 0, to = 0]) => to > from)
  return `{${ranges.map(([from, to]) => `[${from},${to})`).join(',')}}`
}
