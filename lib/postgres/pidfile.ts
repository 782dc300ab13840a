import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedError } from '#lib/postgres/fault'
import { commandOf, isAlive, isTaken } from '#lib/process/identity'

/** A server's first process. */
export type Postmaster = { pid: number; port: number }

/**
 * What `postmaster.pid` says, if the process it names is really this cluster's server. After a power
 * cut, or in a new container, the number belongs to another program or to none.
 * @throws {EmbeddedError} when it is a server that knows this folder under another name
 */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const { pid, port, path, command } = readPidFile(cluster)
  if (!pid || !command?.includes('postgres')) return undefined
  if (command.includes(` ${cluster} `)) return { pid, port }
  if (!command.includes(` ${path} `)) return undefined
  throw new EmbeddedError(
    `${cluster} carries the mark of a running server on ${path} (process ${pid}). If the folder was moved, end that server (kill -INT ${pid}); if it is a copy, remove postmaster.pid from it. Then start again.`,
  )
}

/**
 * PostgreSQL takes any program of this user for its server if it has the number in the file, and also a
 * server that is dead but not yet reaped. Of a number that nobody has it knows itself that it is stale.
 */
export function removeMisleadingPidFile(cluster: string): void {
  const { unreaped, command } = readPidFile(cluster)
  const foreign = command !== undefined && !command.includes('postgres')
  if (unreaped || foreign) rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

/** The file's lines that matter, and the command of the living process it names, if there is one. */
function readPidFile(cluster: string) {
  const lines = pidFile(cluster) ?? []
  const pid = Number(lines[0])
  const living = pid > 0 && isAlive(pid)
  return {
    pid: living ? pid : 0,
    path: lines[1],
    port: Number(lines[3]),
    unreaped: pid > 0 && !living && isTaken(pid),
    command: living ? commandOf(pid) : undefined,
  }
}

/** The lines of the file; undefined when there is none. */
function pidFile(cluster: string): string[] | undefined {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
