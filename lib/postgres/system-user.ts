import { spawnSync } from 'node:child_process'
import { EmbeddedError } from '#lib/postgres/fault'

/** The user of the server; empty for the user of this process. */
export type Identity = { uid?: number; gid?: number }

const USER_NAME = 'trackstat'

/** The environment of PostgreSQL's and system programs: no settings, because they contain secrets. */
export const SERVER_ENV = {
  PATH: process.env.PATH ?? '',
  LC_ALL: 'C',
  TZ: 'UTC',
} as unknown as NodeJS.ProcessEnv

/**
 * The user of the server. PostgreSQL refuses to run as root, so root uses a system user of our own, created if missing:
 * `postgres` would share files and processes with every other PostgreSQL on this machine.
 * @throws {EmbeddedError} if it can't be created
 */
export function systemIdentity(): Identity {
  if (process.getuid?.() !== 0) return {}
  const identity = lookUp(USER_NAME) ?? makeUser()
  if (identity) return identity
  throw new EmbeddedError(
    `PostgreSQL does not run as root, and its own user could not be made. Make it (useradd --system ${USER_NAME}; on Alpine: addgroup -S ${USER_NAME} && adduser -S -D -H -G ${USER_NAME} ${USER_NAME}), or run this as an ordinary user, or set DATABASE_URL.`,
  )
}

function makeUser(): Identity | undefined {
  const useradd = ['useradd', '--system', '--no-create-location', '--shell', '/usr/sbin/nologin']
  const attempts = [
    [...useradd, '--user-group', USER_NAME],
    // The group may exist already.
    [...useradd, '--gid', USER_NAME, USER_NAME],
    // BusyBox (Alpine), whose adduser creates no group.
    ['addgroup', '-S', USER_NAME],
    ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', '-G', USER_NAME, USER_NAME],
  ]
  for (const [command = '', ...args] of attempts) {
    spawnSync(command, args, { env: SERVER_ENV, stdio: 'ignore' })
    const made = lookUp(USER_NAME)
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

/** Whether that user can enter the folder. Tested by doing it, because modes miss ACLs and mounts. */
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
