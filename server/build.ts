import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { readEnvFile } from '#lib/env-file'
import { hashSources, removeStamp, writeStamp } from '#lib/launcher/build-stamp'
import { childEnvironment } from '#lib/launcher/environment'
import { buildWorker } from '#server/build-worker'
import { findBuildFaults } from '#server/check-build'

/** On a CI machine Next warns of a missing cache, which a first build can't have. */
mkdirSync('.next/cache', { recursive: true })

/**
 * `npm run build`: Next's production build and the worker's bundle, without settings or secrets, which `npm start` uses, then a check that `server/`
 * can serve it. Exits with Next's code, or with 1 and one line for each fault. The settings are not checked: a build is
 * often made where they are not known. The launcher, which gives a build none, names DATA_DIR as an argument.
 */
readEnvFile()
const [, , dataDir = process.env.DATA_DIR?.trim() || 'data'] = process.argv
const sources = await hashSources(resolve(dataDir))
await removeStamp()
const { status, error } = spawnSync('next', ['build'], {
  stdio: 'inherit',
  env: { ...childEnvironment('build', process.env), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
})
if (error) console.error(`The build could not be started: ${error.message}`)
if (status !== 0) process.exit(status ?? 1)
// After Next, which empties the folder.
await buildWorker()
const faults = findBuildFaults()
for (const fault of faults) console.error(`The build can’t be served: ${fault}`)
if (faults.length === 0) await writeStamp(sources)
process.exit(faults.length ? 1 : 0)
