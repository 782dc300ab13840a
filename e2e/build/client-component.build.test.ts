import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHANGED_PROJECT } from '../stack/changed-project.ts'
import { Stack } from '../stack/stack.ts'

/** The changed project has one more page, with a client component. */
const stack = new Stack(CHANGED_PROJECT)
beforeAll(async () => void (await stack.start({ WORKER: 'off' })))
afterAll(() => stack.stop())

test('a page with a client component keeps its script, and no other page does', async () => {
  const [extra, terms] = await Promise.all(['/extra', '/terms'].map((path) => fetch(stack.url + path)))
  expect(extra?.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(await extra?.text()).toMatch(/<script src="\/_next\/static\//)
  expect(terms?.headers.get('content-security-policy')).toContain("script-src 'none'")
  expect(await terms?.text()).not.toMatch(/<script(?! type="application\/ld\+json")/)
})
