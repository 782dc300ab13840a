import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { EmbeddedError, explainFault, OTHER_VERSION } from '#lib/postgres/fault'
import { canEnter, type Identity, systemIdentity } from '#lib/postgres/system-user'

/** Where root keeps what the server's user can't reach elsewhere. */
export const SYSTEM_FOLDER = '/var/lib/trackstat'

/**
 * Where the cluster is and who runs it. `folder` contains `cluster/`, `password` and `postgres.log`. It is
 * `DATA_DIR/postgres`, or the folder that this links to.
 */
export type ClusterLocation = { folder: string; cluster: string; identity: Identity }

/**
 * Finds or creates the folder for the cluster of this DATA_DIR.
 * @throws {EmbeddedError} if it can't be created, read or written
 */
export async function prepareLocation(dataDir: string): Promise<ClusterLocation> {
  try {
    const path = await makeDataDir(dataDir)
    const existing = await existingFolder(path)
    if (existing) return { ...inFolder(existing), identity: await serverUserOf(existing, path) }
    const identity = systemIdentity()
    return { ...inFolder(await newFolder(path, identity)), identity }
  } catch (error) {
    throw explainFault('PostgreSQL could not use its folder', dataDir, error)
  }
}

/**
 * Creates DATA_DIR, closed to other users because it contains personal data. Root's can be passed through, because the
 * server's user must reach its folder in it. An existing one is not changed.
 * @returns its real path
 */
export async function makeDataDir(dataDir: string): Promise<string> {
  const made = await mkdir(dataDir, { recursive: true }).catch(async (error) => {
    // For a read-only disk, `recursive` reports ENOENT; without it the error is the real one.
    await mkdir(dataDir)
    throw error
  })
  if (made) await chmod(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
  return realpath(dataDir)
}

/** Runs `work`. @throws {EmbeddedError} that says what to do about DATA_DIR */
export function inDataDir<T>(dataDir: string, work: (dataDir: string) => Promise<T>): Promise<T> {
  return work(dataDir).catch((error) => {
    throw explainFault('DATA_DIR could not be used', dataDir, error)
  })
}

/** The folder of an existing cluster, or undefined. Creates nothing. */
export async function findLocation(dataDir: string): Promise<Omit<ClusterLocation, 'identity'> | undefined> {
  const folder = await realpath(join(dataDir, 'postgres')).catch(() => undefined)
  return folder ? inFolder(folder) : undefined
}

const inFolder = (folder: string) => ({ folder, cluster: join(folder, 'cluster') })

/**
 * The user that an existing cluster's server must run as: its owner, because PostgreSQL accepts no other. As root that is
 * the owner of DATA_DIR or the system user. A cluster of any other user was made by an older version.
 */
async function serverUserOf(folder: string, dataDir: string): Promise<Identity> {
  if (process.getuid?.() !== 0) return {}
  const { uid, gid } = await stat(join(folder, 'cluster')).catch(() => stat(folder))
  const own = (await stat(dataDir)).uid
  const user = uid && uid === own ? { uid, gid } : systemIdentity()
  if (uid && uid !== user.uid)
    throw new EmbeddedError(`The database in ${folder} belongs to user number ${uid}. ${OTHER_VERSION}`)
  if (canEnter(folder, user)) return user
  throw new EmbeddedError(
    `PostgreSQL runs as user number ${user.uid}, who can't reach ${folder}. Let that user pass the folders above it (chmod o+x), or move it to where they may.`,
  )
}

async function existingFolder(dataDir: string): Promise<string | undefined> {
  const pointer = join(dataDir, 'postgres')
  const found = await lstat(pointer).catch(() => undefined)
  if (!found?.isSymbolicLink()) return found && pointer
  const folder = await realpath(pointer).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new EmbeddedError(
      `The database of ${dataDir} is gone: ${pointer} points to a folder that does not exist. Put it back, or remove that link to begin with an empty database.`,
    )
  })
  if (await isCopy(folder, dataDir)) {
    await rm(pointer)
    return undefined
  }
  return folder
}

/**
 * Whether this DATA_DIR is a copy of the one that the folder belongs to. A folder outside DATA_DIR stores the path of its
 * DATA_DIR in `belongs-to`. So a moved clone keeps its data, a new clone at an old path starts empty, and of a clone and
 * its copy (both have the link) only the original keeps it: two launchers on one cluster would stop each other's server.
 */
async function isCopy(folder: string, dataDir: string): Promise<boolean> {
  const note = join(folder, 'belongs-to')
  const owner = await readFile(note, 'utf8').catch(() => dataDir)
  if (owner === dataDir) return false
  if ((await realpath(join(owner, 'postgres')).catch(() => undefined)) === folder) return true
  await writeFile(note, dataDir)
  return false
}

async function newFolder(dataDir: string, identity: Identity): Promise<string> {
  const near = join(dataDir, 'postgres')
  await mkdir(near, { mode: 0o700 })
  if (identity.uid === undefined) return near
  if (await giveTo(near, identity)) return near
  await rm(near, { recursive: true })
  const name = `${basename(dirname(dataDir)) || 'root'}-${randomBytes(4).toString('hex')}`
  const far = join(SYSTEM_FOLDER, name)
  await mkdir(far, { recursive: true })
  await chmod(SYSTEM_FOLDER, 0o755)
  if (!(await giveTo(far, identity))) throw new EmbeddedError(`PostgreSQL's own user can't reach ${far}.`)
  await writeFile(join(far, 'belongs-to'), dataDir)
  await symlink(far, near)
  return far
}

/** Whether the server's user can own and enter the folder, which some network and shared disks do not allow. */
async function giveTo(folder: string, identity: Identity): Promise<boolean> {
  const { uid = 0, gid = 0 } = identity
  const owned = await chown(folder, uid, gid).then(
    () => true,
    () => false,
  )
  if (!owned) return false
  await chmod(folder, 0o700)
  return canEnter(folder, identity)
}
