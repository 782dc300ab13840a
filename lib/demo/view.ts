import { and, eq, sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Database } from '#lib/db/connection'
import { demoViews } from '#lib/db/schema'
import { SAMPLE } from '#lib/demo/film'
import type { Watcher } from '#lib/demo/may-watch'
import { FILM_SECONDS } from '#lib/demo/scenes'
import { recordEvents } from '#lib/leads/record-events'

const seconds = z.int().check(z.minimum(0), z.maximum(6 * 3600))

/**
 * A player's report. `spans`: all that was played since the page was opened, in whole seconds (`"0-12,30-41"`), so that a
 * report also covers lost earlier ones.
 */
export const reportSchema = z.object({
  spans: z.string().check(z.maxLength(4000), z.regex(/^(\d{1,5}-\d{1,5}(,\d{1,5}-\d{1,5})*)?$/)),
  position: seconds,
  duration: seconds,
  pass: z.optional(z.string().check(z.maxLength(400))),
})
export type ViewReport = z.infer<typeof reportSchema>

const QUARTERS = [25, 50, 75, 100]

/** Tolerance for double speed and a late first report. */
const SPEED = 2
const GRACE_SECONDS = 15

type View = {
  /** The film's length in seconds, from the first report of this submission. */
  duration: number
  elapsed: number
  /** The seconds seen under this submission, including the report: as a multirange, and their number. */
  merged: string
  total: number
  /** Number of seconds that the lead has seen under all submissions. */
  all: number
  /** The highest quarter recorded for the lead. */
  quarter: number
}

/**
 * Adds the seconds seen; each counts once for a lead. A report of more than can have been seen since the first report is not
 * counted. Each quarter reached is one event for a lead.
 * @param film the film's id, see `filmId()`. The length of the sample is known; that of other films is reported.
 */
export async function recordView(db: Database, watcher: Watcher, report: ViewReport, film: string) {
  const { submissionId, leadId } = watcher
  const duration = film === SAMPLE ? FILM_SECONDS : report.duration
  if (duration < 1) return
  await db.transaction(async (tx) => {
    // Serializes reports of one lead, which may come from several devices.
    await tx.execute(sql`select from leads where id = ${leadId} for update`)
    const fresh = { film, duration, seen: '{}', position: 0, quarter: 0, beganAt: sql`now()` }
    await tx
      .insert(demoViews)
      .values({ submissionId, leadId, film, duration })
      // Another film starts from zero.
      .onConflictDoUpdate({
        target: demoViews.submissionId,
        set: fresh,
        setWhere: sql`${demoViews.film} <> ${film}`,
      })
    const view = await readView(tx, watcher, toMultirange(report.spans))
    const position = Math.min(report.position, view.duration)
    const here = eq(demoViews.submissionId, submissionId)
    if (view.total > view.elapsed * SPEED + GRACE_SECONDS) {
      // The position is stored anyway: it does not count as seen.
      await tx.update(demoViews).set({ position, updatedAt: sql`now()` }).where(here)
      return
    }
    const reached = quarterOf(view.all / view.duration)
    const quarter = Math.max(view.quarter, reached)
    const seen = sql`${view.merged}::int4multirange`
    await tx.update(demoViews).set({ seen, position, quarter, updatedAt: sql`now()` }).where(here)
    const passed = QUARTERS.filter((percent) => percent > view.quarter && percent <= reached)
    const kind = 'demo-watched'
    if (passed.length)
      await recordEvents(
        tx,
        passed.map((percent) => ({ leadId, submissionId, kind, data: { percent } })),
      )
  })
}

async function readView(tx: Pick<Database, 'execute'>, { submissionId, leadId }: Watcher, spans: string) {
  const { rows } = await tx.execute<View>(sql`
    with v as (select * from demo_views where submission_id = ${submissionId}),
      m as (select (seen + ${spans}::int4multirange) * int4multirange(int4range(0, duration)) as merged from v),
      person as (
        select coalesce(range_agg(part.seen), '{}') + (select merged from m) as seen, max(part.quarter) as quarter
        from demo_views part, v where part.lead_id = ${leadId} and part.film = v.film
      )
    select v.duration, extract(epoch from now() - v.began_at)::float8 as elapsed, m.merged::text as merged,
      (select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(m.merged) r) as total,
      (select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(person.seen) r) as all,
      person.quarter
    from v, m, person`)
  return rows[0] as View
}

/** The player's last position in seconds, and when it was reported (ms since the epoch). */
export type Resume = { position: number; at: number }

/** Reads this submission only, so that a visitor who typed somebody else's address does not see that person's position. */
export async function readResume(db: Database, { submissionId }: Watcher, film: string) {
  const here = and(eq(demoViews.submissionId, submissionId), eq(demoViews.film, film))
  const [view] = await db.select().from(demoViews).where(here)
  return view && { position: view.position, at: view.updatedAt.getTime() }
}

/** The quarter reached. 98 % counts as 100 %, because players often stop just before the end. */
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
