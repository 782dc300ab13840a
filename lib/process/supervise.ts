import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { logLater } from '#lib/log-later'

/** A process that is restarted whenever it ends. */
export type Supervised = {
  /** How often it ended without `stop` or `restart`. */
  crashes(): number
  /** SIGTERM, then SIGKILL after `timeoutMs`, or as soon as `killNow` says so. Resolves when it is gone. */
  stop(timeoutMs: number, killNow: AbortSignal): Promise<void>
  /** SIGTERM; it starts again with a new environment. */
  restart(): void
}

type ChildOptions = {
  name: string
  /** Arguments for Node. */
  args: string[]
  /** Called at each start, because an address in it may have changed. */
  env(): NodeJS.ProcessEnv
  onSpawn?(pid: number): void
}

const FIRST_WAIT_MS = 200
const MAX_WAIT_MS = 5_000
const STEADY_MS = 30_000

/** Starts a process and restarts it whenever it ends, after growing delays. */
export function supervise(options: ChildOptions): Supervised {
  const { name } = options
  let child: ChildProcess | undefined
  let [wait, crashes, stopping, restarting] = [FIRST_WAIT_MS, 0, false, false]
  let timer: NodeJS.Timeout | undefined

  const start = () => {
    const began = Date.now()
    child = trySpawn(options)
    // Without a pid it was not started, and emits no exit.
    if (!child?.pid) return onExit(null, null, 0)
    child.once('exit', (code, signal) => onExit(code, signal, Date.now() - began))
    options.onSpawn?.(child.pid)
  }
  const onExit = (code: number | null, signal: string | null, upMs: number) => {
    if (stopping) return
    if (restarting || upMs > STEADY_MS) wait = FIRST_WAIT_MS
    if (!restarting) {
      crashes++
      logLater('warn', { child: name, code, signal, againInMs: wait }, 'ended and is started again')
    }
    restarting = false
    timer = setTimeout(start, wait)
    wait = Math.min(wait * 2, MAX_WAIT_MS)
  }

  start()
  return {
    crashes: () => crashes,
    restart() {
      restarting = child?.kill('SIGTERM') ?? false
    },
    async stop(timeoutMs, killNow) {
      stopping = true
      clearTimeout(timer)
      if (child) await endChild(child, timeoutMs, killNow)
    },
  }
}

/** @returns undefined if Node threw the system's error, which it does for rare ones (ENOMEM, E2BIG) */
function trySpawn(options: ChildOptions): ChildProcess | undefined {
  try {
    return spawnChild(options)
  } catch (error) {
    logLater('error', { err: error, child: options.name }, 'could not be started')
    return undefined
  }
}

function spawnChild({ name, args, env }: ChildOptions): ChildProcess {
  const child = spawn(process.execPath, args, {
    env: env(),
    // A separate process group: Ctrl-C reaches only the launcher, which stops everything in order.
    detached: true,
    // The IPC channel closes when the launcher ends for any reason, which tells the child (`parent.ts`).
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.on('error', (error) =>
    logLater('error', { err: error, child: name }, 'could not be started or reached'),
  )
  return child
}

async function endChild(child: ChildProcess, timeoutMs: number, killNow: AbortSignal): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return
  const ended = once(child, 'exit')
  const kill = () => child.kill('SIGKILL')
  const timer = setTimeout(kill, timeoutMs)
  killNow.addEventListener('abort', kill)
  if (killNow.aborted) kill()
  else child.kill('SIGTERM')
  await ended
  clearTimeout(timer)
  killNow.removeEventListener('abort', kill)
}
