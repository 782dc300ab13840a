import { spawnSync } from 'node:child_process'
import { keepPristine } from '#app/finish'

/** `npm run build`: Next's build, and its pages kept for `finishPages`. Exits with the build's code. */
const { status } = spawnSync('next', ['build'], {
  stdio: process.env.TRACKSTAT_QUIET ? ['ignore', 'ignore', 'inherit'] : 'inherit',
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
})
if (status === 0) keepPristine()
process.exit(status ?? 1)
