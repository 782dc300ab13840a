import { chown, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from '#lib/postgres/binaries'
import type { ClusterLocation } from '#lib/postgres/cluster-location'
import { EmbeddedError } from '#lib/postgres/fault'
import { ADMIN } from '#lib/postgres/roles'
import { runProgram } from '#lib/postgres/run-program'
import { isAlive } from '#lib/process/identity'
import { readOrCreateSecret } from '#lib/secret-file'

/**
 * Creates the cluster if there is none. It is renamed into place when complete and synced, so that an interrupted first
 * start leaves no partial one.
 * @throws {EmbeddedError} for a cluster of another major version
 * @throws with initdb's messages if it failed
 */
export async function ensureCluster(location: ClusterLocation, binaries: Binaries): Promise<void> {
  const version = await readFile(join(location.cluster, 'PG_VERSION'), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (version !== undefined) checkVersion(Number.parseInt(version, 10), location, binaries)
  await removeUnfinished(location.folder)
  if (version !== undefined) return
  const passwordFile = join(location.folder, 'password')
  await readOrCreateSecret(passwordFile, location.identity)
  const unfinished = `${location.cluster}.new-${process.pid}`
  try {
    await runInitdb(binaries.initdb, unfinished, passwordFile, location)
    await rename(unfinished, location.cluster)
    await syncFolder(location.folder)
    // Again, because the initdb of a killed start may have begun to write only after the first removal.
    await removeUnfinished(location.folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    // ENOTEMPTY: another start has created it.
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  }
}

function checkVersion(found: number, location: ClusterLocation, { major }: Binaries): void {
  if (found === major) return
  const remedy =
    found > major
      ? 'Start it with the newer version of this program that made it (git pull, then npm start), or set DATA_DIR to another folder.'
      : 'Start it with the older version of this program that made it, or set DATA_DIR to another folder.'
  throw new EmbeddedError(
    `The database in ${location.cluster} was made by PostgreSQL ${found}; this is PostgreSQL ${major}, which can't open it. ${remedy}`,
  )
}

/** Removes the partial clusters of killed starts, but not one that another start is making now. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const maker = /^cluster\.new-(\d+)$/.exec(name)?.[1]
    // initdb may write for another second after its launcher was killed.
    const retries = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }
    if (maker && !isAlive(Number(maker))) await rm(join(folder, name), retries)
  }
}

async function runInitdb(
  initdb: string,
  target: string,
  passwordFile: string,
  location: ClusterLocation,
): Promise<void> {
  await mkdir(target, { mode: 0o700 })
  const { uid, gid = 0 } = location.identity
  if (uid !== undefined) await chown(target, uid, gid)
  const args = [
    `--pgdata=${target}`,
    `--username=${ADMIN}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // pg_trgm drops every letter that LC_CTYPE does not know: without this "Peña" and "Привет" can't be searched.
    '--lc-ctype=C.UTF-8',
    // PostgreSQL's own Unicode rules: an update of the system's libc or ICU can't break an index.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--text-search-config=english',
  ]
  const fault = await runProgram(initdb, args, location)
  if (fault !== undefined) throw new Error(fault.match(/(?:FATAL|PANIC|error): .*/g)?.join('; ') ?? fault)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync()
  await handle.close()
}
