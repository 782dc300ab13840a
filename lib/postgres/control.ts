import { spawn } from 'node:child_process'
import { readFile, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import getPort, { portNumbers } from 'get-port'
import type { Binaries } from '#lib/postgres/binaries'
import type { Home } from '#lib/postgres/home'
import { findPostmaster, type Postmaster, removeMisleadingPidFile } from '#lib/postgres/pidfile'
import { SERVER_ENV } from '#lib/postgres/system-user'
import { tryPort } from '#lib/process/ports'

/** A running server and what it takes to stop it and to start it again. Plain data: it is sent between processes. */
export type Cluster = { home: Home; binaries: Binaries } & Postmaster

type Programs = Pick<Cluster, 'home' | 'binaries'>

const RECOVERY_S = 600
const STOP_S = 30
const LEFTOVERS_MS = 10_000
const LOG_BYTES = 5_000_000

/** Durable whatever the folder's own postgresql.conf says; reachable from this machine alone. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'trackstat',
  // A failed statement is the service's to log, masked: here it would carry visitors' data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

const HOST = '127.0.0.1'
/** Below the range that systems give to outgoing connections, so that none of those takes it between two starts. */
const PORTS = { first: 20_000, count: 12_000 }

/**
 * Starts the server and waits until it takes connections, crash recovery included.
 * Only call it when `findPostmaster` found none.
 * @throws with the last words of its log when it ends instead
 */
export async function startCluster({ home, binaries }: Programs): Promise<Postmaster> {
  let wished = await lastPort(home.cluster)
  for (const giveUp = Date.now() + LEFTOVERS_MS; ; await sleep(100)) {
    removeMisleadingPidFile(home.cluster)
    const any = PORTS.first + Math.floor(Math.random() * PORTS.count)
    const isFree = wished && (await tryPort(wished, HOST)) === undefined
    const port = wished && isFree ? wished : await getPort({ port: portNumbers(any, any + 50), host: HOST })
    const fault = await tryStart({ home, binaries }, port)
    const started = fault === undefined && findPostmaster(home.cluster)
    if (started) return started
    const message = fault ?? 'it ended at once'
    if (/Address already in use/.test(message)) wished = undefined
    // The killed server's own processes are still on their way out.
    else if (!/pre-existing shared memory block/.test(message)) throw new Error(message)
    if (Date.now() > giveUp) throw new Error(message)
  }
}

/**
 * Fast shutdown: open transactions are rolled back, everything committed is on the disk. A server that does not end
 * within 30 s is stopped at once; it recovers at the next start.
 */
export async function stopCluster({ home, binaries }: Programs): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if (!findPostmaster(home.cluster)) return
    await control({ home, binaries }, ['stop', `--mode=${mode}`, `--timeout=${STOP_S}`])
  }
}

/** @returns what kept it from starting */
async function tryStart({ home, binaries }: Programs, port: number): Promise<string | undefined> {
  const log = join(home.folder, 'postgres.log')
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  if (size > LOG_BYTES) await truncate(log)
  const settings = Object.entries(SETTINGS).map(([name, value]) => `-c ${name}=${value}`)
  // pg_ctl hands these words to a shell. The folder stands among them so that `findPostmaster` can read it.
  const words = [`-D ${quote(home.cluster)}`, `-p ${port}`, ...settings].join(' ')
  const fault = await control({ home, binaries }, [
    'start',
    `--timeout=${RECOVERY_S}`,
    '--log=postgres.log',
    '-o',
    words,
  ])
  if (fault === undefined) return undefined
  const said = (await readFile(log, 'utf8').catch(() => '')).slice(size > LOG_BYTES ? 0 : size)
  return said.match(/(?:FATAL|PANIC): .*/g)?.join('; ') ?? `${fault} ${said.slice(-500)}`
}

/** @returns what pg_ctl said if it failed */
async function control({ home, binaries }: Programs, words: string[]): Promise<string | undefined> {
  const child = spawn(binaries.pgCtl, [...words, '--wait', '--silent'], {
    ...home.identity,
    cwd: home.folder,
    // Not as an argument: pg_ctl would put it into a shell's words without care for its characters.
    env: { ...SERVER_ENV, PGDATA: home.cluster },
    // A group of its own: Ctrl-C must not stop the database before those who use it.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise((done, fail) => child.once('error', fail).once('exit', done))
  const [said, status] = await Promise.all([text(child.stderr), ended])
  return status === 0 ? undefined : said.trim()
}

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

/** The same port again where possible, so that the address others were given stays good. */
async function lastPort(cluster: string): Promise<number | undefined> {
  const options = await readFile(join(cluster, 'postmaster.opts'), 'utf8').catch(() => '')
  const port = Number(/"-p" "(\d+)"/.exec(options)?.[1])
  return port > 0 ? port : undefined
}
