import { spawnSync } from 'node:child_process'

/** `npm run build`: Next's production build. Exits with its code. */
const { status, error } = spawnSync('next', ['build'], {
  stdio: process.env.TRACKSTAT_QUIET ? ['ignore', 'ignore', 'inherit'] : 'inherit',
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
})
if (error) console.error(`The build could not be started: ${error.message}`)
process.exit(status ?? 1)
