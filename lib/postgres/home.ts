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

/** Where root keeps what the server's own user could not reach elsewhere. */
export const SYSTEM_FOLDER = '/var/lib/trackstat'

/**
 * Where the cluster lives and who runs it. `folder` holds `cluster/`, `password` and `postgres.log`.
 * It is `DATA_DIR/postgres`, or what the link of that name points to.
 */
export type Home = { folder: string; cluster: string; identity: Identity }

/**
 * Finds or makes the folder for the cluster of this DATA_DIR.
 * @throws {EmbeddedError} when it can't be made, read or written
 */
export async function makeHome(dataDir: string): Promise<Home> {
  try {
    const place = await makeDataDir(dataDir)
    const known = await knownFolder(place)
    if (known) return { ...inFolder(known), identity: await keeperOf(known, place) }
    const identity = systemIdentity()
    return { ...inFolder(await newFolder(place, identity)), identity }
  } catch (error) {
    throw explainFault('PostgreSQL could not use its folder', dataDir, error)
  }
}

/**
 * Makes DATA_DIR, closed to others because it holds people's mail. Root's stays passable: the server's
 * own user must reach its folder in it. One that is there already is left as it is.
 * @returns its real path
 */
export async function makeDataDir(dataDir: string): Promise<string> {
  const made = await mkdir(dataDir, { recursive: true }).catch(async (error) => {
    // Node hides a read-only disk behind "no such file"; the plain call says it.
    await mkdir(dataDir)
    throw error
  })
  if (made) await chmod(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
  return realpath(dataDir)
}

/** Does something in DATA_DIR. @throws {EmbeddedError} in words for the person at the terminal */
export function inDataDir<T>(dataDir: string, work: (dataDir: string) => Promise<T>): Promise<T> {
  return work(dataDir).catch((error) => {
    throw explainFault('DATA_DIR could not be used', dataDir, error)
  })
}

/** The folder of an existing cluster, or undefined; makes nothing. */
export async function findHome(dataDir: string): Promise<Omit<Home, 'identity'> | undefined> {
  const folder = await realpath(join(dataDir, 'postgres')).catch(() => undefined)
  return folder ? inFolder(folder) : undefined
}

const inFolder = (folder: string) => ({ folder, cluster: join(folder, 'cluster') })

/**
 * An existing cluster keeps its user: PostgreSQL accepts no other. Root runs the one of an ordinary user, whose DATA_DIR
 * it is, as that user; any other user's was made by an older version.
 */
async function keeperOf(folder: string, dataDir: string): Promise<Identity> {
  if (process.getuid?.() !== 0) return {}
  const { uid, gid } = await stat(join(folder, 'cluster')).catch(() => stat(folder))
  const own = (await stat(dataDir)).uid
  const keeper = uid && uid === own ? { uid, gid } : systemIdentity()
  if (uid && uid !== keeper.uid)
    throw new EmbeddedError(`The database in ${folder} belongs to user number ${uid}. ${OTHER_VERSION}`)
  if (canEnter(folder, keeper)) return keeper
  throw new EmbeddedError(
    `PostgreSQL runs as user number ${keeper.uid}, who can't reach ${folder}. Let that user pass the folders above it (chmod o+x), or move it to where they may.`,
  )
}

async function knownFolder(dataDir: string): Promise<string | undefined> {
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
 * A folder outside DATA_DIR belongs to the DATA_DIR whose link points to it, and notes that one's path.
 * So a clone that was moved keeps its data, a new clone at an old path begins empty, and of a clone and
 * its copy (both carry the link) only the original keeps it: two launchers on one cluster would stop it
 * under each other.
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
  if (await canHold(near, identity)) return near
  await rm(near, { recursive: true })
  const name = `${basename(dirname(dataDir)) || 'root'}-${randomBytes(4).toString('hex')}`
  const far = join(SYSTEM_FOLDER, name)
  await mkdir(far, { recursive: true })
  await chmod(SYSTEM_FOLDER, 0o755)
  if (!(await canHold(far, identity))) throw new EmbeddedError(`PostgreSQL's own user can't reach ${far}.`)
  await writeFile(join(far, 'belongs-to'), dataDir)
  await symlink(far, near)
  return far
}

/** Whether the server's user can own and enter a folder there: not so on some network and shared disks. */
async function canHold(folder: string, identity: Identity): Promise<boolean> {
  const { uid = 0, gid = 0 } = identity
  const owned = await chown(folder, uid, gid).then(
    () => true,
    () => false,
  )
  if (!owned) return false
  await chmod(folder, 0o700)
  return canEnter(folder, identity)
}
