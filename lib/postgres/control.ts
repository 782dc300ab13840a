import { readFile, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import getPort, { portNumbers } from 'get-port'
import type { Binaries } from '#lib/postgres/binaries'
import type { ClusterLocation } from '#lib/postgres/cluster-location'
import { findPostmaster, type Postmaster, removeMisleadingPidFile } from '#lib/postgres/pidfile'
import { runProgram } from '#lib/postgres/run-program'
import { tryPort } from '#lib/process/ports'

/** A running server, with what is needed to stop and restart it. Plain data, because it is sent between processes. */
export type Cluster = { location: ClusterLocation; binaries: Binaries } & Postmaster

type Stopped = Pick<Cluster, 'location' | 'binaries'>

const RECOVERY_TIMEOUT_S = 600
const STOP_TIMEOUT_S = 30
const LEFTOVERS_TIMEOUT_MS = 10_000
const MAX_LOG_BYTES = 5_000_000

/** Override postgresql.conf: durable, and reachable only from this machine. */
const SERVER_OPTIONS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'trackstat',
  // The service logs failed statements, masked. PostgreSQL's own log would contain visitors' data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

const HOST = '127.0.0.1'
/** Below the ephemeral port range, so that no outgoing connection takes the port between two starts. */
const PORTS = { first: 20_000, count: 12_000 }

/**
 * Starts the server and waits until it accepts connections, crash recovery included.
 * Call it only if `findPostmaster` found none.
 * @throws with its log's last lines if it ends instead
 */
export async function startCluster({ location, binaries }: Stopped): Promise<Postmaster> {
  let previous = await lastPort(location.cluster)
  for (const giveUp = Date.now() + LEFTOVERS_TIMEOUT_MS; ; await sleep(100)) {
    removeMisleadingPidFile(location.cluster)
    const random = PORTS.first + Math.floor(Math.random() * PORTS.count)
    const isFree = previous && (await tryPort(previous, HOST)) === undefined
    const port =
      previous && isFree ? previous : await getPort({ port: portNumbers(random, random + 50), host: HOST })
    const fault = await tryStart({ location, binaries }, port)
    const started = fault === undefined && findPostmaster(location.cluster)
    if (started) return started
    const message = fault ?? 'it ended immediately'
    if (/Address already in use/.test(message)) previous = undefined
    // Processes of a killed server are still exiting.
    else if (!/pre-existing shared memory block/.test(message)) throw new Error(message)
    if (Date.now() > giveUp) throw new Error(message)
  }
}

/**
 * Fast shutdown: open transactions are rolled back. A server that does not end within 30 s gets an immediate shutdown, and
 * recovers at the next start.
 */
export async function stopCluster({ location, binaries }: Stopped): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if (!findPostmaster(location.cluster)) return
    await control({ location, binaries }, ['stop', `--mode=${mode}`, `--timeout=${STOP_TIMEOUT_S}`])
  }
}

/** @returns the error if it did not start */
async function tryStart({ location, binaries }: Stopped, port: number): Promise<string | undefined> {
  const log = join(location.folder, 'postgres.log')
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  if (size > MAX_LOG_BYTES) await truncate(log)
  const settings = Object.entries(SERVER_OPTIONS).map(([name, value]) => `-c ${name}=${value}`)
  // pg_ctl passes these options to a shell. They include the folder for `findPostmaster`, which reads the command line.
  const options = [`-D ${quote(location.cluster)}`, `-p ${port}`, ...settings].join(' ')
  const fault = await control({ location, binaries }, [
    'start',
    `--timeout=${RECOVERY_TIMEOUT_S}`,
    '--log=postgres.log',
    '-o',
    options,
  ])
  if (fault === undefined) return undefined
  const output = (await readFile(log, 'utf8').catch(() => '')).slice(size > MAX_LOG_BYTES ? 0 : size)
  return output.match(/(?:FATAL|PANIC): .*/g)?.join('; ') ?? `${fault} ${output.slice(-500)}`
}

function control({ location, binaries }: Stopped, args: string[]): Promise<string | undefined> {
  return runProgram(binaries.pgCtl, [...args, '--wait', '--silent'], location)
}

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

/** The port of the last start. Used again if it is free, so that the address of site and worker stays valid. */
async function lastPort(cluster: string): Promise<number | undefined> {
  const options = await readFile(join(cluster, 'postmaster.opts'), 'utf8').catch(() => '')
  const port = Number(/"-p" "(\d+)"/.exec(options)?.[1])
  return port > 0 ? port : undefined
}
