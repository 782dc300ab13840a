import { globSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

/** What the build ships to browsers. Needs a build (`node server/build.ts`). */
test('a form costs at most 20 KB of script more than a page without any, until it is touched', () => {
  // In the files as built every page names the framework's scripts; server/static-pages.ts leaves them out.
  const scripts = (page: string) =>
    new Set(
      readFileSync(`.next/server/app/${page}.html`, 'utf8').match(/(?<=\/_next\/)static\/[^"\\]*?\.js/g),
    )
  const framework = scripts('privacy')
  expect(framework.size).toBeGreaterThan(3)
  for (const page of ['trial', 'demo', 'contact']) {
    const added = [...scripts(page)]
      .filter((path) => !framework.has(path))
      .map((path) => readFileSync(`.next/${path}`))
    const size = added.reduce((sum, script) => sum + gzipSync(script).length, 0)
    expect(size, page).toBeGreaterThan(1000)
    expect(size, page).toBeLessThan(20 * 1024)
  }
})
test('nothing of the server is in what the browser loads', () => {
  const chunks = globSync('.next/static/**/*.js')
  expect(chunks.length).toBeGreaterThan(3)
  expect(globSync('.next/static/**/*.map')).toEqual([])
  for (const chunk of chunks)
    expect(readFileSync(chunk, 'utf8')).not.toMatch(/APP_SECRET|DATABASE_URL|nodemailer|drizzle/i)
})
