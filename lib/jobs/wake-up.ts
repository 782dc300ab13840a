import { Client } from '#lib/db/client'
import { log } from '#lib/log'

const RECONNECT_MS = 5000

/**
 * Calls `wake` for each notification of the outbox (`lib/mail/outbox.ts`), and when it starts to listen. Notifications can
 * be lost, so the caller polls as well. Reconnects when the connection is lost.
 * @returns a function that stops listening
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
      log.warn({ err: error }, 'the connection for notifications was lost; reconnecting')
      next.end().catch(() => {}) // the connection is already broken
      timer = setTimeout(connect, RECONNECT_MS)
    }
    next.on('error', again).on('end', again).on('notification', wake)
    try {
      await next.connect()
      await next.query('listen outbox')
      // For notifications while nothing listened.
      wake()
    } catch (error) {
      again(error as Error)
    }
  }
  void connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end().catch(() => {}) // the process ends the connection anyway
  }
}
