import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, type Hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { childEnvironment } from '#lib/launcher/environment'
import { HeldError, standIn, takeLock } from '#lib/process/lock'
import { StartError } from '#lib/process/ports'

const FOLDERS = ['app', 'content', 'emails', 'lib', 'public', 'server']
const FILES = [
  'instrumentation.ts',
  'next.config.ts',
  'package.json',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
]
const STAMP = '.next/built-from'
const OTHERS_BUILD_MS = 5 * 60_000

/**
 * How Node runs the worker that the build has made (`server/build-worker.ts`). With a bounded heap: a backlog makes
 * garbage, which would otherwise be kept.
 */
export const BUILT_WORKER = ['--max-semi-space-size=8', '--max-old-space-size=128', '.next/worker.mjs']

/**
 * Builds the site if its sources are not those of the last build; no setting is built in.
 * Safe to call from several processes at once: one builds, the others wait for it.
 * @param onBuild called before a build, and what it returns when that is done
 * @param watch is given the building process, to be able to stop it
 * @throws {StartError} with the build's output
 */
export async function ensureBuilt(
  onBuild: () => () => void,
  watch: (child: ChildProcess) => void = () => {},
): Promise<void> {
  const source = await hashSources()
  if ((await builtFrom()) === source) return
  const holder = { pid: process.pid, address: '', stopping: true }
  // Outside .next, which the build empties. "Stopping", because a build is always waited for.
  const lock = await takeLock(standIn(resolve('.next')), () => holder, OTHERS_BUILD_MS).catch((error) => {
    if (!(error instanceof HeldError)) throw error
    const { pid } = error.holder
    throw new StartError(
      `Another build here (process ${pid}) has not ended for five minutes. End it, then start again.`,
    )
  })
  try {
    if ((await builtFrom()) === source) return
    const done = onBuild()
    await rm(STAMP, { force: true })
    await runBuild(watch)
    await mkdir('.next', { recursive: true })
    await writeFile(STAMP, source)
    done()
  } finally {
    await lock.release()
  }
}

async function builtFrom(): Promise<string | undefined> {
  return readFile(STAMP, 'utf8').catch(() => undefined)
}

async function runBuild(watch: (child: ChildProcess) => void): Promise<void> {
  const child = spawn(process.execPath, ['server/build.ts'], {
    env: childEnvironment('build', process.env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  watch(child)
  const ended = new Promise((done, fail) => child.once('error', fail).once('close', done))
  const [output, faults, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (status !== 0) throw new StartError(`${output}${faults}\nThe build failed; what it said stands above.`)
}

/** Tests are left out: changing one changes nothing that is built. */
async function hashSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of FILES) if (existsSync(file)) await addFile(hash, file)
  for (const folder of FOLDERS) await addFolder(hash, folder)
  return hash.digest('hex')
}

async function addFolder(hash: Hash, folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await addFolder(hash, path)
    else if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) await addFile(hash, path)
  }
}

async function addFile(hash: Hash, path: string): Promise<void> {
  const content = await readFile(path)
  hash.update(`${path}\0${content.length}\0`).update(content)
}
