import { spawnSync } from 'node:child_process'
import { readConfig } from '#lib/config'
import { hashSources, removeStamp, writeStamp } from '#lib/launcher/build'
import { childEnvironment } from '#lib/launcher/environment'

/** `npm run build`: Next's production build, without settings or secrets. Exits with its code. */
const sources = await hashSources(readConfig().dataDir)
await removeStamp()
const { status, error } = spawnSync('next', ['build'], {
  stdio: 'inherit',
  env: { ...childEnvironment('build', process.env), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
})
if (error) console.error(`The build could not be started: ${error.message}`)
if (status === 0) await writeStamp(sources)
process.exit(status ?? 1)
