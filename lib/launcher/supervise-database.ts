import { setTimeout as sleep } from 'node:timers/promises'
import { logLater } from '#lib/log-later'
import { type Cluster, startCluster, stopCluster } from '#lib/postgres/control'
import { findPostmaster } from '#lib/postgres/pidfile'
import { isAlive } from '#lib/process/identity'

const WATCH_MS = 250
const FIRST_WAIT_MS = 200
const MAX_WAIT_MS = 5_000

/** The supervised embedded server. */
export type SupervisedDatabase = { port(): number; stop(): Promise<void> }

/**
 * Restarts the embedded server whenever it ends.
 * @param cluster a running server
 * @param onMoved called if it restarted on another port, because another program has taken its port
 */
export function superviseDatabase(cluster: Cluster, onMoved: () => void): SupervisedDatabase {
  let { pid, port } = cluster
  let stopping = false
  const watch = async () => {
    for (let wait = FIRST_WAIT_MS; !stopping; ) {
      await sleep(isAlive(pid) ? WATCH_MS : wait)
      if (stopping || isAlive(pid)) continue
      logLater('warn', {}, 'the database ended and is started again')
      try {
        const before = port
        // Someone may have started it by hand.
        ;({ pid, port } = findPostmaster(cluster.location.cluster) ?? (await startCluster(cluster)))
        wait = FIRST_WAIT_MS
        if (port !== before) onMoved()
      } catch (error) {
        logLater('error', { err: error, againInMs: wait }, 'the database could not be started')
        wait = Math.min(wait * 2, MAX_WAIT_MS)
      }
    }
  }
  const watching = watch()
  return {
    port: () => port,
    async stop() {
      stopping = true
      // A server that is still starting can't be stopped.
      await watching
      await stopCluster(cluster)
    },
  }
}
