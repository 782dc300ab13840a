import { setTimeout as sleep } from 'node:timers/promises'
import { logLater } from '#lib/log-later'
import { type Cluster, startCluster, stopCluster } from '#lib/postgres/control'
import { findPostmaster } from '#lib/postgres/pidfile'
import { isAlive } from '#lib/process/identity'

const WATCH_MS = 250
const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000

/** The embedded server, kept running. */
export type KeptDatabase = { port(): number; stop(): Promise<void> }

/**
 * Starts the embedded server again whenever it ends: after a crash, a full disk, a kill.
 * @param cluster a running server
 * @param onMoved its port was taken meanwhile and it has another one
 */
export function keepDatabase(cluster: Cluster, onMoved: () => void): KeptDatabase {
  let { pid, port } = cluster
  let stopping = false
  const keep = async () => {
    for (let wait = FIRST_WAIT_MS; !stopping; ) {
      await sleep(isAlive(pid) ? WATCH_MS : wait)
      if (stopping || isAlive(pid)) continue
      logLater('warn', {}, 'the database ended and is started again')
      try {
        const before = port
        // Somebody may have started it by hand meanwhile.
        ;({ pid, port } = findPostmaster(cluster.home.cluster) ?? (await startCluster(cluster)))
        wait = FIRST_WAIT_MS
        if (port !== before) onMoved()
      } catch (error) {
        logLater('error', { err: error, againInMs: wait }, 'the database could not be started')
        wait = Math.min(wait * 2, LONGEST_WAIT_MS)
      }
    }
  }
  const keeping = keep()
  return {
    port: () => port,
    async stop() {
      stopping = true
      // One that is just being started could not be stopped.
      await keeping
      await stopCluster(cluster)
    },
  }
}
