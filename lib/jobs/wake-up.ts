import { Client } from '#lib/db/client'
import { log } from '#lib/log'

const RECONNECT_MS = 5000

/**
 * Listens for what the outbox notifies at commit (`lib/mail/outbox.ts`), and calls `wake`. Only a wake-up: whoever
 * uses it polls as well. A connection that is lost is made anew. Answers how to stop.
 */
export function listen(databaseUrl: string, wake: () => void): () => Promise<void> {
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const connect = async () => {
    const next = new Client({
      connectionString: databaseUrl,
      application_name: 'trackstat worker listens',
      connectionTimeoutMillis: RECONNECT_MS,
      keepAlive: true,
    })
    client = next
    const again = (error?: Error) => {
      if (stopped || client !== next) return
      client = undefined
      log.warn({ err: error }, 'notifications of the database were lost; listening again')
      next.end().catch(() => {}) // it is broken already
      timer = setTimeout(connect, RECONNECT_MS)
    }
    next.on('error', again).on('end', again).on('notification', wake)
    try {
      await next.connect()
      await next.query('listen outbox')
      // What was notified while nobody listened.
      wake()
    } catch (error) {
      again(error as Error)
    }
  }
  void connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end().catch(() => {}) // the connection goes with the process, too
  }
}
