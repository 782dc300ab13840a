import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { log } from '#lib/log'

const POLL_MS = 5000
/** After a fault; shorter where the task comes more often anyway. */
const RETRY_SECONDS = 60

/** A task that is done again after so many seconds. It does what has become due since, so an outage loses nothing. */
export type Task = { name: string; seconds: number; run: () => Promise<void> }

/**
 * Runs each task in its time; of several workers, the one that moves the date in the table runs it. Answers how to
 * stop, which waits for a task that is under way.
 */
export function startSchedule(db: Database, tasks: Task[]): () => Promise<void> {
  let pass: Promise<void> | undefined
  const look = () => {
    pass ??= runDue(db, tasks).finally(() => {
      pass = undefined
    })
  }
  look()
  const timer = setInterval(look, POLL_MS)
  return async () => {
    clearInterval(timer)
    await pass
  }
}

async function runDue(db: Database, tasks: Task[]): Promise<void> {
  for (const task of tasks) {
    try {
      if (await moveDate(db, task, task.seconds)) await task.run()
    } catch (error) {
      log.warn({ err: error, task: task.name }, 'a periodic task failed; it is run again')
      await moveDate(db, task, Math.min(task.seconds, RETRY_SECONDS), true).catch(() => {}) // else: at its next date
    }
  }
}

/** Sets when a task is due next, where it is due now or `regardless`. Answers whether this call did it. */
async function moveDate(db: Database, { name }: Task, seconds: number, regardless = false): Promise<boolean> {
  const next = sql`now() + make_interval(secs => ${seconds})`
  const { rows } = await db.execute(sql`
    insert into schedules (name, due_at) values (${name}, ${next})
    on conflict (name) do update set due_at = excluded.due_at where schedules.due_at <= now() or ${regardless}
    returning 1`)
  return rows.length > 0
}
