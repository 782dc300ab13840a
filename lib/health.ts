import { sql } from 'drizzle-orm'
import { database } from '#lib/db/connection'
import { log } from '#lib/log'

/** Each part is `ok` or says in words what is wrong. `oldest_unsent_s`: seconds the oldest mail waits. */
export type Health = { database: string; mail: string; worker: string; oldest_unsent_s: number | null }

/** A worker reports every 5 s; after 30 s without a sign of life it is taken for dead. */
const WORKER_SILENT_SECONDS = 30

export async function checkHealth(): Promise<Health> {
  try {
    const { rows } = await database().execute<{
      route: string | null
      reason: string | null
      silent: number | null
      oldest: number
    }>(sql`
      select (select state from mail_route) as route, (select reason from mail_route) as reason,
        (select extract(epoch from now() - max(seen_at))::int from workers) as silent,
        (select coalesce(extract(epoch from now() - min(created_at)), 0)::int from mails
          where state in ('queued', 'sending')) as oldest`)
    const [row] = rows
    const alive = row?.silent !== null && row?.silent !== undefined && row.silent <= WORKER_SILENT_SECONDS
    return {
      database: 'ok',
      mail: row?.route && row.route !== 'ok' ? `${row.route}: ${row.reason}` : 'ok',
      worker: alive ? 'ok' : 'no worker has reported; start one with: npm run worker',
      oldest_unsent_s: row?.oldest ?? 0,
    }
  } catch (error) {
    log.warn({ err: error }, 'the database did not answer a health check')
    const unknown = 'unknown while the database does not answer'
    return { database: 'does not answer', mail: unknown, worker: unknown, oldest_unsent_s: null }
  }
}
