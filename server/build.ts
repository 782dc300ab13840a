import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { childEnvironment } from '#lib/launcher/environment'

/** On a CI machine Next warns of a missing cache, which a first build can't have. */
mkdirSync('.next/cache', { recursive: true })

/** `npm run build`: Next's production build, without settings or secrets. Exits with its code. */
const { status, error } = spawnSync('next', ['build'], {
  stdio: 'inherit',
  env: { ...childEnvironment('build', process.env), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
})
if (error) console.error(`The build could not be started: ${error.message}`)
process.exit(status ?? 1)
