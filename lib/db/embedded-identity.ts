import { spawnSync } from 'node:child_process'
import { EmbeddedError } from '#lib/db/embedded-fault'

/** Who the server runs as: empty is the user of this process. */
export type Identity = { uid?: number; gid?: number }

const OWN_NAME = 'trackstat'

/**
 * The user the server may run as. PostgreSQL refuses to run as root, so root gets a system user:
 * `postgres` where the machine has one, else `trackstat`, made when it is missing.
 * @throws {EmbeddedError} when there is none and none can be made
 */
export function systemIdentity(): Identity {
  if (process.getuid?.() !== 0) return {}
  const known = lookUp('postgres') ?? lookUp(OWN_NAME)
  if (known) return known
  const made = makeUser() ? lookUp(OWN_NAME) : undefined
  if (made) return made
  throw new EmbeddedError(
    `PostgreSQL does not run as root, and no user could be made for it. Run this as an ordinary user, or make one: useradd --system ${OWN_NAME}`,
  )
}

function makeUser(): boolean {
  const attempts = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_NAME],
    // BusyBox, as in Alpine.
    ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', OWN_NAME],
  ]
  return attempts.some(
    ([command = '', ...args]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0,
  )
}

function lookUp(name: string): Identity | undefined {
  const [uid, gid] = ['-u', '-g'].map((which) => {
    const answer = spawnSync('id', [which, name], { encoding: 'utf8' })
    return answer.status === 0 ? Number(answer.stdout) : Number.NaN
  })
  return uid && gid !== undefined && !Number.isNaN(gid) ? { uid, gid } : undefined
}

/** Whether that user can enter the folder. Asked by doing it: modes alone would miss ACLs and mounts. */
export function canEnter(folder: string, identity: Identity): boolean {
  if (identity.uid === undefined) return true
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0
  )
}
