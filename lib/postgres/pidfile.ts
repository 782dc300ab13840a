import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedError } from '#lib/postgres/fault'
import { commandOf, isAlive, pidExists } from '#lib/process/identity'

/** The server's main process. */
export type Postmaster = { pid: number; port: number }

/**
 * The running server named in `postmaster.pid`, if its process really is this cluster's server. After a power cut, or in a
 * new container, the pid belongs to another program or to none.
 * @throws {EmbeddedError} if the server runs on another path
 */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const { pid, port, path, command } = readPidFile(cluster)
  if (!pid || !command?.includes('postgres')) return undefined
  if (command.includes(` ${cluster} `)) return { pid, port }
  if (!command.includes(` ${path} `)) return undefined
  throw new EmbeddedError(
    `${cluster} has the postmaster.pid of a server that runs on ${path} (process ${pid}). If the folder was moved, end that server (kill -INT ${pid}); if it is a copy, remove postmaster.pid from it. Then start again.`,
  )
}

/**
 * Removes a pid file whose process is another program or a zombie, because PostgreSQL would take it for a running server.
 * It detects an unused pid itself.
 */
export function removeMisleadingPidFile(cluster: string): void {
  const { zombie, command } = readPidFile(cluster)
  const isOther = command !== undefined && !command.includes('postgres')
  if (zombie || isOther) rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

/** Pid, path and port in the file, and the command line of the process if it runs. */
function readPidFile(cluster: string) {
  const lines = readLines(join(cluster, 'postmaster.pid'))
  const pid = Number(lines[0])
  const running = pid > 0 && isAlive(pid)
  return {
    pid: running ? pid : 0,
    path: lines[1],
    port: Number(lines[3]),
    zombie: pid > 0 && !running && pidExists(pid),
    command: running ? commandOf(pid) : undefined,
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
