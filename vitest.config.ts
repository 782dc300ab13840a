import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

/** Every test file of a kind. The kind stands in the name: `x.test.ts`, `x.integration.test.ts`, `x.build.test.ts`, … */
const files = (kind: string) => `{lib,emails,app,server,e2e}/**/*${kind}.test.{ts,tsx}`
const INTEGRATION = files('.integration')
const BUILD = files('.build')
const FAULT = files('.fault')

type TestOptions = NonNullable<Extract<TestProjectConfiguration, { test?: unknown }>['test']>

/** Projects run in this order, the fastest first. */
const project = (name: string, groupOrder: number, test: TestOptions) => ({
  extends: true as const,
  test: { name, sequence: { groupOrder }, ...test },
})

export default defineConfig({
  test: {
    // Long, because other work on the machine must not fail a test.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    env: {
      APP_SECRET: 'a secret for tests, forty characters long',
      LOG_LEVEL: 'fatal',
      RECHECK_BACKEND: 'pure',
    },
    projects: [
      // One process, no PostgreSQL: `npm run test:unit`.
      project('unit', 0, {
        include: [files('')],
        exclude: [INTEGRATION, BUILD, FAULT],
        setupFiles: ['e2e/stack/fail-on-console.ts'],
      }),
      // A real PostgreSQL with a separate database for each file, and other processes where needed.
      project('integration', 1, {
        include: [INTEGRATION],
        globalSetup: ['e2e/stack/setup.ts'],
        maxWorkers: 2,
      }),
      // One changed copy of the project, built once for all of them.
      project('build', 2, {
        include: [BUILD],
        globalSetup: ['e2e/stack/changed-project.ts'],
        maxWorkers: 2,
      }),
      // Kills processes, or measures memory or CPU time under load: one file at a time.
      project('fault', 3, {
        include: [FAULT],
        globalSetup: ['e2e/stack/setup.ts'],
        fileParallelism: false,
      }),
    ],
  },
  oxc: { jsx: { runtime: 'automatic' } },
})
