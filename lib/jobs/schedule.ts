import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connection'
import { log } from '#lib/log'

const POLL_MS = 5000
/** Pause after a failed task; shorter if the task runs more often anyway. */
const RETRY_SECONDS = 60

/** A task that runs every `seconds`. It does everything that is due by then, so an outage loses nothing. */
type Task = { name: string; seconds: number; run: () => Promise<void> }

/**
 * Runs each task when it is due. Of several workers, the one that moves the date in the table runs it.
 * @returns a function that stops the schedule and waits for a running task
 */
export function startSchedule(db: Database, tasks: Task[]): () => Promise<void> {
  let pass: Promise<void> | undefined
  const runPass = () => {
    pass ??= runDue(db, tasks).finally(() => {
      pass = undefined
    })
  }
  runPass()
  const timer = setInterval(runPass, POLL_MS)
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
      await moveDate(db, task, Math.min(task.seconds, RETRY_SECONDS), true).catch(() => {}) // then it runs at its next date
    }
  }
}

/** Sets when a task is due next, if it is due now or `regardless`. @returns whether this call set it */
async function moveDate(db: Database, { name }: Task, seconds: number, regardless = false): Promise<boolean> {
  const next = sql`now() + make_interval(secs => ${seconds})`
  const { rows } = await db.execute(sql`
    insert into schedules (name, due_at) values (${name}, ${next})
    on conflict (name) do update set due_at = excluded.due_at where schedules.due_at <= now() or ${regardless}
    returning 1`)
  return rows.length > 0
}
