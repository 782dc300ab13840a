import { lchown, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findPostmaster } from '#lib/postgres/pidfile'
import { formerIdentity, type Identity, systemIdentity } from '#lib/postgres/system-user'

/**
 * Gives a folder that an earlier version of this program gave to the system user `postgres` to our own user.
 * Not while its server runs, nor where the user `postgres` itself runs this program: the folder around it is
 * theirs then, too.
 * @param uid whose the cluster is
 * @returns our own user, or undefined when the folder stays as it is
 */
export async function handOver(folder: string, uid: number): Promise<Identity | undefined> {
  if (uid !== formerIdentity()?.uid) return undefined
  if ((await stat(dirname(folder))).uid === uid) return undefined
  const cluster = join(folder, 'cluster')
  if (findPostmaster(cluster)) return undefined
  const identity = systemIdentity()
  for (const path of [...(await pathsIn(folder)), folder])
    if (path !== cluster) await lchown(path, identity.uid ?? 0, identity.gid ?? 0)
  // Last: whose it is tells a start after an interrupted one that something is left to do.
  await lchown(cluster, identity.uid ?? 0, identity.gid ?? 0).catch(ignoreMissing)
  return identity
}

async function pathsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.map(({ parentPath, name }) => join(parentPath, name))
}

/** A first start that was cut off has made the folder and no cluster. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
