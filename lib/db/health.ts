import { sql } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { log } from '#lib/log'

/**
 * Only states, because `/readyz` is public; the mail server's replies are in the log and in `npm run doctor`.
 * `oldest_unsent_s`: seconds since the oldest unsent mail was queued; `failed`: mails that were given up. Both are null
 * while the database is unavailable.
 */
export type Health = {
  database: 'ok' | 'unavailable'
  mail: 'ok' | 'unreachable' | 'refused' | 'unknown'
  worker: 'ok' | 'silent' | 'unknown'
  oldest_unsent_s: number | null
  failed: number | null
}

/** Whether a worker runs: each writes a heartbeat every 5 s, and removes it when it stops in order. Part of a query. */
export const WORKER_SEEN = sql`exists (select from workers where seen_at > now() - interval '30 seconds')`
/** The result is cached this long, so that many probes cause one query. */
const FRESH_MS = 1000

const UNAVAILABLE: Health = {
  database: 'unavailable',
  mail: 'unknown',
  worker: 'unknown',
  oldest_unsent_s: null,
  failed: null,
}

// On globalThis, because Next's bundle has its own copy of this module.
const kept = globalThis as { trackstatHealth?: Promise<Health> }

/** The state of each part, at most a second old. Concurrent callers share one result. */
export function checkHealth(): Promise<Health> {
  kept.trackstatHealth ??= askDatabase().finally(() => {
    setTimeout(() => {
      kept.trackstatHealth = undefined
    }, FRESH_MS).unref()
  })
  return kept.trackstatHealth
}

/** One statement that also writes: a standby or read-only database answers queries but can't store a submission. */
async function askDatabase(): Promise<Health> {
  try {
    const { rows } = await database().execute<Omit<Health, 'database'>>(sql`
      with written as (
        insert into rate_limits (key, points) values ('readiness', 0)
        on conflict (key) do update set points = excluded.points returning 1)
      select coalesce((select state from mail_server_state), 'ok') as mail,
        case when ${WORKER_SEEN} then 'ok' else 'silent' end as worker,
        (select coalesce(extract(epoch from now() - min(created_at)), 0)::int from mails
          where state in ('queued', 'sending')) as oldest_unsent_s,
        (select count(*)::int from mails where state = 'failed') as failed
      from written`)
    const [row] = rows
    return row ? { database: 'ok', ...row } : UNAVAILABLE
  } catch (error) {
    log.warn({ err: error }, 'the database refused a write at a health check')
    return UNAVAILABLE
  }
}
