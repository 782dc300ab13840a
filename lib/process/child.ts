import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { logLater } from '#lib/log-later'

/** A process that is kept running. */
export type Kept = {
  pid(): number | undefined
  /** How often it ended by itself. */
  falls(): number
  /** SIGTERM, then SIGKILL after `graceMs`, or as soon as `hurry` says so. Resolves when it is gone. */
  stop(graceMs: number, hurry: AbortSignal): Promise<void>
  /** SIGTERM, and it is started again with a fresh environment. */
  renew(): void
}

export type Keeping = {
  name: string
  /** Arguments for the running Node. */
  args: string[]
  /** Asked at each start: an address in it may have changed. */
  env(): NodeJS.ProcessEnv
  onSpawn?(pid: number): void
  onMessage?(message: unknown): void
}

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000
const STEADY_MS = 30_000

/** Starts a process and starts it again whenever it ends, at once at first, then ever more slowly. */
export function keepRunning(keeping: Keeping): Kept {
  const { name } = keeping
  let child: ChildProcess | undefined
  let [wait, falls, stopping, renewing] = [FIRST_WAIT_MS, 0, false, false]
  let timer: NodeJS.Timeout | undefined

  const start = () => {
    const began = Date.now()
    child = spawnChild(keeping)
    child.once('exit', (code, signal) => fall(code, signal, Date.now() - began))
  }
  const fall = (code: number | null, signal: string | null, upMs: number) => {
    if (stopping) return
    if (renewing || upMs > STEADY_MS) wait = FIRST_WAIT_MS
    if (!renewing) {
      falls++
      logLater('warn', { child: name, code, signal, againInMs: wait }, 'ended and is started again')
    }
    renewing = false
    timer = setTimeout(start, wait)
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
  }

  start()
  return {
    pid: () => child?.pid,
    falls: () => falls,
    renew() {
      renewing = child?.kill('SIGTERM') ?? false
    },
    async stop(graceMs, hurry) {
      stopping = true
      clearTimeout(timer)
      if (child) await endChild(child, graceMs, hurry)
    },
  }
}

function spawnChild({ name, args, env, onSpawn, onMessage }: Keeping): ChildProcess {
  const child = spawn(process.execPath, args, {
    env: env(),
    // A group of its own: Ctrl-C reaches the launcher alone, which stops things in order.
    detached: true,
    // The channel closes with the launcher, whatever ends it; that is how the others learn of it.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.on('error', (error) =>
    logLater('error', { err: error, child: name }, 'could not be started or reached'),
  )
  if (onMessage) child.on('message', onMessage)
  if (child.pid) onSpawn?.(child.pid)
  return child
}

/** Ends a child process and waits until it has. */
export async function endChild(child: ChildProcess, graceMs: number, hurry: AbortSignal): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return
  const gone = once(child, 'exit')
  const kill = () => child.kill('SIGKILL')
  const timer = setTimeout(kill, graceMs)
  hurry.addEventListener('abort', kill)
  if (hurry.aborted) kill()
  else child.kill('SIGTERM')
  await gone
  clearTimeout(timer)
  hurry.removeEventListener('abort', kill)
}
