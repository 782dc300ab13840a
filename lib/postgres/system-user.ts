import { spawnSync } from 'node:child_process'
import { EmbeddedError } from '#lib/postgres/fault'

/** Who the server runs as: empty is the user of this process. */
export type Identity = { uid?: number; gid?: number }

const OWN_NAME = 'trackstat'

/** For what runs as another user or as root: none of the launcher's settings, which hold secrets. */
export const SERVER_ENV = {
  PATH: process.env.PATH ?? '',
  LC_ALL: 'C',
  TZ: 'UTC',
} as unknown as NodeJS.ProcessEnv

/**
 * The user the server may run as. PostgreSQL refuses to run as root, so root gets a system user of our own,
 * made when it is missing. `postgres` would share our files and processes with every other server here.
 * @throws {EmbeddedError} when there is none and none can be made
 */
export function systemIdentity(): Identity {
  if (process.getuid?.() !== 0) return {}
  const identity = lookUp(OWN_NAME) ?? makeUser()
  if (identity) return identity
  throw new EmbeddedError(
    `PostgreSQL does not run as root, and its own user could not be made. Make it (useradd --system ${OWN_NAME}; on Alpine: addgroup -S ${OWN_NAME} && adduser -S -D -H -G ${OWN_NAME} ${OWN_NAME}), or run this as an ordinary user, or set DATABASE_URL.`,
  )
}

function makeUser(): Identity | undefined {
  const useradd = ['useradd', '--system', '--no-create-home', '--shell', '/usr/sbin/nologin']
  const attempts = [
    [...useradd, '--user-group', OWN_NAME],
    // The group may be there already.
    [...useradd, '--gid', OWN_NAME, OWN_NAME],
    // BusyBox, as in Alpine, whose adduser makes no group by itself.
    ['addgroup', '-S', OWN_NAME],
    ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', '-G', OWN_NAME, OWN_NAME],
  ]
  for (const [command = '', ...args] of attempts) {
    spawnSync(command, args, { env: SERVER_ENV, stdio: 'ignore' })
    const made = lookUp(OWN_NAME)
    if (made) return made
  }
  return undefined
}

function lookUp(name: string): Identity | undefined {
  const [uid, gid] = ['-u', '-g'].map((which) => {
    const answer = spawnSync('id', [which, name], { env: SERVER_ENV, encoding: 'utf8' })
    return answer.status === 0 ? Number(answer.stdout) : Number.NaN
  })
  return uid && gid !== undefined && !Number.isNaN(gid) ? { uid, gid } : undefined
}

/** Whether that user can enter the folder. Asked by doing it: modes alone would miss ACLs and mounts. */
export function canEnter(folder: string, identity: Identity): boolean {
  if (identity.uid === undefined) return true
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], {
      ...identity,
      cwd: '/',
      env: SERVER_ENV,
      stdio: 'ignore',
    }).status === 0
  )
}
