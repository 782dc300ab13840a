/** With Node's default a process keeps 100 MB that it needed only at start or for a backlog (`lib/DECISIONS.md`). */
const NODE_FLAGS = ['--max-semi-space-size=4']

/** Node's arguments for the site. */
export const SITE = [...NODE_FLAGS, 'server/index.ts']

/** For the worker's bundle (`server/build-worker.ts`); `npm run worker` uses the same. */
export const BUILT_WORKER = [...NODE_FLAGS, '--max-old-space-size=128', '.next/worker.mjs']

/** For the worker in development, without a build. */
export const SOURCE_WORKER = [...NODE_FLAGS, '--import', 'tsx', 'lib/jobs/worker.ts']
