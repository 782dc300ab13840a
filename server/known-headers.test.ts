import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { KNOWN_HEADERS } from '#server/request-guard'

/** Of browser code alone, which reads the headers of responses. */
const BROWSER = 'app/_ui/'

test('each header that code reads from a request reaches it', () => {
  const files = globSync('{app,lib}/**/*.{ts,tsx}').filter(
    (file) => !file.startsWith(BROWSER) && !/\.test\.tsx?$/.test(file),
  )
  const read = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/headers(?:\(\)\))?\.get\('([^']+)'\)/gi)].map(
      ([, name = '']) => `${file}: ${name.toLowerCase()}`,
    ),
  )
  expect(read.length).toBeGreaterThan(15)
  expect(read.filter((one) => !KNOWN_HEADERS.has(one.split(': ')[1] ?? ''))).toEqual([])
})
