import { globSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

/** What the build ships to browsers. Needs a build (`node server/build.ts`). */
const sizeOf = (paths: Iterable<string>) =>
  [...paths].reduce((sum, path) => sum + gzipSync(readFileSync(`.next/${path}`)).length, 0)

test('a form costs less script than a page hydrated by Next without any form', () => {
  // In the files as built every page names Next's scripts; server/static-pages.ts leaves them out.
  const page = readFileSync('.next/server/app/privacy.html', 'utf8')
  const framework = sizeOf(new Set(page.match(/(?<=\/_next\/)static\/[^"\\]*?\.js/g)))
  const [island = '', ...others] = globSync('static/islands/island-*.js', { cwd: '.next' })
  expect(others).toEqual([])
  const chunks = [...readFileSync(`.next/${island}`, 'utf8').matchAll(/from"\.\/(chunk-\w+\.js)"/g)]
  const form = sizeOf([island, ...chunks.map(([, name]) => `static/islands/${name}`)])
  expect(form).toBeGreaterThan(1000)
  expect(form).toBeLessThan(framework)
  expect(form).toBeLessThan(95 * 1024)
})
test('nothing of the server is in what the browser loads', () => {
  const chunks = globSync('.next/static/**/*.js')
  expect(chunks.length).toBeGreaterThan(3)
  expect(globSync('.next/static/**/*.map')).toEqual([])
  for (const chunk of chunks)
    expect(readFileSync(chunk, 'utf8')).not.toMatch(/APP_SECRET|DATABASE_URL|nodemailer|drizzle/i)
})
