import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { hashSources, isBuiltFrom, removeStamp, writeStamp } from '#lib/launcher/build-stamp'
import { childEnvironment } from '#lib/launcher/environment'
import { fallbackPath, HeldError, type Lock, takeLock } from '#lib/process/lock'
import { buildIslands } from '#server/build-islands'
import { bundle } from '#server/bundles'
import { findBuildFaults } from '#server/check-build'
import { dataFolder } from '#server/data-folder'

/**
 * `npm run build`: Next's production build and the bundles of site and worker, without settings or secrets, then a
 * check that `server/` can serve them. Exits with Next's code, or with 1 and one line for each fault. The launcher, which
 * passes no settings, passes DATA_DIR as an argument.
 */
const OTHER_BUILD_TIMEOUT_MS = 10 * 60_000

const [, , launchersDataDir] = process.argv
const dataDir = launchersDataDir ?? dataFolder()
let waited = false
const lock = await takeBuildLock()
// A failed bundle is thrown.
const status = await build().finally(() => lock?.release())
process.exit(status)

/**
 * Next refuses a second build in one folder, so two starts of one clone build one after the other.
 * @returns undefined on a system without Unix sockets: then the build runs without a lock
 */
async function takeBuildLock(): Promise<Lock | undefined> {
  const onWait = () => {
    waited = true
  }
  const getHolder = () => ({ pid: process.pid, address: '', stopping: true })
  try {
    return await takeLock(fallbackPath(resolve('.next')), getHolder, OTHER_BUILD_TIMEOUT_MS, onWait)
  } catch (error) {
    if (!(error instanceof HeldError)) return undefined
    console.error('Another build has been running here for ten minutes. End it, then try again.')
    process.exit(1)
  }
}

/** @returns the exit code */
async function build(): Promise<number> {
  const sources = await hashSources(resolve(dataDir))
  // The launcher looked before another one built, whose site may run by now from these files.
  if ((waited || launchersDataDir !== undefined) && (await isBuiltFrom(sources))) return 0
  await removeStamp()
  // On CI Next warns about a missing cache, which a first build can't have.
  mkdirSync('.next/cache', { recursive: true })
  const { status, error } = spawnSync('next', ['build'], {
    // Next inherits the lock: if this process is killed, the next build waits until Next has ended.
    stdio: ['inherit', 'inherit', 'inherit', lock?.fd ?? 'ignore'],
    env: { ...childEnvironment('build', process.env), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (error) console.error(`The build could not be started: ${error.message}`)
  if (status !== 0) return status ?? 1
  // After Next, which empties the folder.
  for (const name of ['site', 'worker'] as const) await bundle(name, sources)
  await buildIslands()
  const faults = findBuildFaults()
  for (const fault of faults) console.error(`The build can’t be served: ${fault}`)
  if (faults.length === 0) await writeStamp(sources)
  return faults.length ? 1 : 0
}
