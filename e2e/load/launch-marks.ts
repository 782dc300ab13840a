import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../stack/free-port.ts'
import { atMost, figure, type Mark, megabytes } from './mark.ts'
import { allPids, commandOf, isNode, parentOf, readProc, residentMegabytes } from './processes.ts'

/** Marks of a real `npm start` in a data folder of its own. The build is taken as it is, or made first. */
const READY_MS = 300_000
/** What is put off at a start is done by then, and unused memory given back. */
const REST_MS = 15_000

type Started = { npm: ChildProcess; output: () => string }

/** Runs `npm start` until the site says that it can take a submission. @throws with its output */
async function npmStart(folder: string, port: number): Promise<Started> {
  // Settings from the shell would change what is measured.
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, DATA_DIR: folder, PORT: String(port) } as unknown as NodeJS.ProcessEnv
  const npm = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  // The banner is this start's own; the site of an earlier one may still answer.
  const isReady = async () =>
    output.includes('TrackStat is ready') &&
    (await fetch(`http://localhost:${port}/readyz`).catch(() => undefined))?.ok
  for (const giveUp = Date.now() + READY_MS; !(await isReady()); await sleep(20))
    if (npm.exitCode !== null || Date.now() > giveUp) throw new Error(`npm start is not ready:\n${output}`)
  return { npm, output: () => output }
}

/** The Node processes that this data folder was given to: npm, the launcher, and what it has started. */
const nodesOf = (folder: string) =>
  allPids().filter((pid) => readProc(pid, 'environ').includes(folder) && isNode(pid))

/** The launcher is what npm runs, behind a shell where that does not give way to it. */
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

/** What a process is, in a word or two of its command line. */
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

/** Memory at rest, and how long it takes to be ready again after the launcher was killed with -9. */
export async function measureLaunch(): Promise<Mark[]> {
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-bench-'))
  // The database's own user must pass through.
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
