/** With Node's default a process keeps 100 MB that it needed only at start or for a backlog (`lib/DECISIONS.md`). */
const NODE_FLAGS = ['--max-semi-space-size=4']

/** Node's arguments for the bundles (`server/bundles.ts`); `npm run worker` uses the same. */
export const BUILT = {
  site: [...NODE_FLAGS, '.next/site.mjs'],
  worker: [...NODE_FLAGS, '--max-old-space-size=128', '.next/worker.mjs'],
}

/** For development, without a build. */
export const SOURCE = {
  site: [...NODE_FLAGS, 'server/index.ts', '--dev'],
  worker: [...NODE_FLAGS, '--import', 'tsx', 'lib/jobs/worker.ts'],
}
