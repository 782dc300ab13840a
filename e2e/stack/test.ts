import { test as base } from '@playwright/test'
import { Stack } from './stack.ts'

/** A browser test with a running service, one for each worker of Playwright. */
export const test = base.extend<{ baseURL: string }, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are wanted from the pattern
    async ({}, use) => {
      const stack = await new Stack().start()
      await use(stack)
      await stack.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.url),
})

export { expect } from '@playwright/test'
