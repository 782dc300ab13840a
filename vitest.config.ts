import { defineConfig } from 'vitest/config'

/** One file at a time: most of them start processes and count what they do under load. */
export default defineConfig({
  test: {
    include: ['{lib,emails,app,server,e2e}/**/*.test.{ts,tsx}'],
    globalSetup: ['e2e/stack/setup.ts'],
    fileParallelism: false,
    // Generous, as a deadline costs nothing while it is kept: other work on this machine must not fail a test.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    env: {
      APP_SECRET: 'a secret for tests, forty characters long',
      LOG_LEVEL: 'fatal',
      RECHECK_BACKEND: 'pure',
    },
  },
  oxc: { jsx: { runtime: 'automatic' } },
})
