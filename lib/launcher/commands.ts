/** With Node's own default a process keeps 100 MB that only starting up or a backlog has needed (`lib/DECISIONS.md`). */
const NODE_FLAGS = ['--max-semi-space-size=4']

/** How Node runs the site. */
export const SITE = [...NODE_FLAGS, 'server/index.ts']

/** How Node runs the worker that the build has made (`server/build-worker.ts`); `npm run worker` uses the same. */
export const BUILT_WORKER = [...NODE_FLAGS, '--max-old-space-size=128', '.next/worker.mjs']

/** How Node runs the worker in development, without a build. */
export const SOURCE_WORKER = [...NODE_FLAGS, '--import', 'tsx', 'lib/jobs/worker.ts']
