import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile, stat, truncate } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from '#lib/postgres/binaries'
import type { Home } from '#lib/postgres/home'
import { type Postmaster, pidFile, removeMisleadingPidFile } from '#lib/postgres/pidfile'
import { SERVER_ENV } from '#lib/postgres/system-user'
import { isAlive } from '#lib/process/identity'

const RECOVERY_MS = 10 * 60_000
const ORPHANS_MS = 10_000
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

/**
 * Starts the server and waits until it takes connections, crash recovery included.
 * Only call it when `findPostmaster` found none.
 * @throws with the last words of its log when it ends instead
 */
export async function launchPostmaster(home: Home, { postgres }: Binaries): Promise<Postmaster> {
  const giveUp = Date.now() + ORPHANS_MS
  for (let port = await lastPort(home.cluster); ; ) {
    removeMisleadingPidFile(home.cluster)
    if (port === undefined || !(await isFree(port))) port = await freePort()
    const outcome = await attempt(home, postgres, port)
    if (typeof outcome !== 'string') return outcome
    if (/Address already in use/.test(outcome)) port = undefined
    // The killed server's own processes are still on their way out.
    else if (!/pre-existing shared memory block/.test(outcome)) throw new Error(outcome)
    if (Date.now() > giveUp) throw new Error(outcome)
    await sleep(100)
  }
}

async function attempt(home: Home, postgres: string, port: number): Promise<Postmaster | string> {
  const log = join(home.folder, 'postgres.log')
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  )
  if (size > LOG_BYTES) await truncate(log)
  const from = size > LOG_BYTES ? 0 : size
  const output = openSync(log, 'a', 0o600)
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(postgres, ['-D', home.cluster, '-p', String(port), ...settings], {
    ...home.identity,
    cwd: home.folder,
    env: SERVER_ENV,
    // A group of its own: Ctrl-C must not stop the database before those who use it.
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const [ended, ready] = [endOf(child), new AbortController()]
  const first = await Promise.race([ended, waitReady(home.cluster, child, ready.signal)])
  ready.abort()
  child.unref()
  if (first === 'ready' && child.pid) return { pid: child.pid, port, child }
  const said = (await readFile(log, 'utf8')).slice(from)
  return said.match(/(?:FATAL|PANIC): .*/g)?.join('; ') ?? `${first}. ${said.slice(-500)}`
}

async function endOf(child: ChildProcess): Promise<string> {
  const [status] = await once(child, 'exit').catch((error: Error) => [error.message])
  return `it ended with ${status}`
}

async function waitReady(cluster: string, child: ChildProcess, signal: AbortSignal): Promise<string> {
  for (const giveUp = Date.now() + RECOVERY_MS; Date.now() < giveUp; await sleep(15)) {
    if (signal.aborted) return 'it ended'
    const lines = pidFile(cluster)
    if (Number(lines?.[0]) === child.pid && lines?.[7]?.trim() === 'ready') return 'ready'
  }
  child.kill('SIGQUIT')
  return 'it was not ready after ten minutes'
}

/**
 * SIGINT is the fast shutdown: open transactions are rolled back, everything committed is on the disk.
 * A server that does not end is stopped at once after `patienceMs`; it recovers at the next start.
 */
export async function stopPostmaster({ pid }: Postmaster, patienceMs = 30_000): Promise<void> {
  for (const [signal, ms] of [
    ['SIGINT', patienceMs],
    ['SIGQUIT', 5_000],
  ] as const) {
    if (!isAlive(pid)) return
    try {
      process.kill(pid, signal)
    } catch (error) {
      // It ended between the two lines.
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return
      throw error
    }
    for (const giveUp = Date.now() + ms; Date.now() < giveUp; await sleep(20)) if (!isAlive(pid)) return
  }
}

/** The same port again where possible, so that the address others were given stays good. */
async function lastPort(cluster: string): Promise<number | undefined> {
  const options = await readFile(join(cluster, 'postmaster.opts'), 'utf8').catch(() => '')
  const port = Number(/"-p" "(\d+)"/.exec(options)?.[1])
  return port > 0 ? port : undefined
}

/** Below the range that systems give to outgoing connections, so that none of those takes it between two starts. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
  })
  await new Promise((resolve) => server.close(resolve))
  return free
}
