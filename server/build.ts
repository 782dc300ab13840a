import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { readEnvFile } from '#lib/env-file'
import { hashSources, removeStamp, writeStamp } from '#lib/launcher/build'
import { childEnvironment } from '#lib/launcher/environment'

/**
 * `npm run build`: Next's production build, without settings or secrets, which `npm start` uses. Exits with its code.
 * The settings are not checked: a build is often made where they are not known. The launcher, which gives a build none,
 * names DATA_DIR as an argument.
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
if (status === 0) await writeStamp(sources)
process.exit(status ?? 1)
