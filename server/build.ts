import { spawnSync } from 'node:child_process'
import { childEnvironment } from '#lib/launcher/environment'
import { buildWorker } from '#server/build-worker'

/** `npm run build`: Next's production build and the worker's bundle, without settings or secrets. Exits with Next's code. */
const { status, error } = spawnSync('next', ['build'], {
  stdio: 'inherit',
  env: { ...childEnvironment('build', process.env), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
})
if (error) console.error(`The build could not be started: ${error.message}`)
// After Next, which empties the folder.
if (status === 0) await buildWorker()
process.exit(status ?? 1)
