import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { defineConfig } from '@playwright/test'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const onPath = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find((file) => existsSync(file))

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // A file's tests share a service of their own (`e2e/stack/test.ts`), so two files run at a time.
  workers: 2,
  // Long, as in vitest.config.ts.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  outputDir: 'e2e/results',
  snapshotPathTemplate: 'e2e/baselines/{arg}{ext}',
  globalSetup: './e2e/stack/setup.ts',
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? onPath,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
