import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../stack/free-port.ts'
import { atMost, figure, type Mark, megabytes } from './mark.ts'
import { allPids, commandOf, isNode, parentOf, readProc, residentMegabytes } from './processes.ts'

/** Figures of a real `npm start` in its own data folder. Builds first if necessary. */
const READY_MS = 300_000
/** After this time, deferred work of the start is done and unused memory is returned. */
const REST_MS = 15_000

type Started = { npm: ChildProcess; output: () => string }

/** Runs `npm start` until the site is ready for a submission. @throws with its output */
async function npmStart(folder: string, port: number): Promise<Started> {
  // Settings of the shell would change the figures.
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, DATA_DIR: folder, PORT: String(port) } as unknown as NodeJS.ProcessEnv
  const npm = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  // Waits for this start's banner, because the site of an earlier start may still answer.
  const isReady = async () =>
    output.includes('TrackStat is ready') &&
    (await fetch(`http://localhost:${port}/readyz`).catch(() => undefined))?.ok
  for (const giveUp = Date.now() + READY_MS; !(await isReady()); await sleep(20))
    if (npm.exitCode !== null || Date.now() > giveUp) throw new Error(`npm start is not ready:\n${output}`)
  return { npm, output: () => output }
}

/** The Node processes with this data folder: npm, the launcher, and its children. */
const nodesOf = (folder: string) =>
  allPids().filter((pid) => readProc(pid, 'environ').includes(folder) && isNode(pid))

/** The launcher is npm's child, or the child of npm's shell. */
function launcherOf({ npm }: Started): number {
  const children = (parent: number) => allPids().filter((pid) => parentOf(pid) === parent)
  const [child = 0] = children(npm.pid ?? 0)
  return isNode(child) ? child : (children(child)[0] ?? 0)
}

async function stop({ npm }: Started): Promise<void> {
  if (npm.exitCode !== null || npm.signalCode !== null) return
  npm.kill('SIGTERM')
  await once(npm, 'exit')
}

/** A short name for a process, from its command line. */
const nameOf = (pid: number) =>
  commandOf(pid)
    .slice(-2)
    .map((word) => word.split('/').slice(-2).join('/'))
    .join(' ')

function markMemory(folder: string): Mark[] {
  const nodes = nodesOf(folder).map((pid) => ({ pid, used: residentMegabytes(pid) }))
  const all = nodes.reduce((sum, { used }) => sum + used, 0)
  return [
    atMost('memory at rest, all Node processes (RSS)', 300, all, megabytes),
    ...nodes.map(({ pid, used }) => figure(`  ${nameOf(pid)}`.slice(0, 50), megabytes(used))),
  ]
}

/** Memory at rest, and the time to ready after kill -9 of the launcher. */
export async function measureLaunch(): Promise<Mark[]> {
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-bench-'))
  // The database's system user needs access.
  chmodSync(folder, 0o711)
  const port = await freePort()
  let started = await npmStart(folder, port)
  try {
    await sleep(REST_MS)
    const marks = markMemory(folder)
    process.kill(launcherOf(started), 'SIGKILL')
    const began = performance.now()
    started = await npmStart(folder, port)
    const seconds = (performance.now() - began) / 1000
    const again = 'ready again after kill -9 of the launcher'
    return [...marks, atMost(again, 5, seconds, (value) => `${value.toFixed(1)} s`)]
  } finally {
    await stop(started)
    rmSync(folder, { recursive: true, force: true })
  }
}
