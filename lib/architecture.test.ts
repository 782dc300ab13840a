import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

/** The rules of the house: data flows one way, and a browser gets nothing that is not for it. */
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], {
  encoding: 'utf8',
})
  .trim()
  .split('\n')
const code = sources.filter((file) => !/\.(test|spec)\.tsx?$/.test(file) && !file.startsWith('e2e/'))
const importsOf = (file: string) =>
  [
    ...readFileSync(file, 'utf8')
      .replace(/^import type .*$/gm, '')
      .matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g),
  ].map(([, name]) => name ?? '')
const offenders = (folder: string, bad: (name: string) => boolean) =>
  code
    .filter((file) => file.startsWith(folder))
    .flatMap((file) =>
      importsOf(file)
        .filter(bad)
        .map((name) => `${file}: ${name}`),
    )

test('there are sources to check', () => expect(code.length).toBeGreaterThan(80))
test('lib never imports app or next', () =>
  expect(offenders('lib/', (name) => /^#(app|ui)\/|^next(\/|$)/.test(name))).toEqual([]))
test('emails import nothing of ours but emails', () =>
  expect(offenders('emails/', (name) => /^#(?!emails\/)/.test(name))).toEqual([]))
test('lib/forms imports only libraries and itself', () =>
  expect(offenders('lib/forms/', (name) => /^#(?!lib\/forms\/)|^node:/.test(name))).toEqual([]))
test('components know no database', () =>
  expect(offenders('app/_ui/', (name) => /^#lib\/(?!forms\/|site$)/.test(name))).toEqual([]))
test('server-only is not imported: the worker loads the same files', () =>
  expect(offenders('', (name) => name === 'server-only')).toEqual([]))
test('few components run in the browser', () => {
  expect(code.filter((file) => /^'use client'/m.test(readFileSync(file, 'utf8')))).toEqual([
    'app/(site)/demo/watch/player.tsx',
    'app/_ui/form/enhanced-form.tsx',
    'app/_ui/layout/local-time.tsx',
    'app/_ui/layout/poll.tsx',
    'app/_ui/form/time-zone-field.tsx',
  ])
})
test('a file is read in one sitting', () => {
  // The data model is one file on purpose: it is looked at as a whole.
  const long = code.filter((file) => readFileSync(file, 'utf8').split('\n').length > 201)
  expect(long).toEqual(['lib/db/schema.ts'])
})
test('no drawers', () => {
  expect(
    sources.filter((file) =>
      /(^|\/)(utils?|helpers?|common|misc|constants|types|services)(\.|\/)/.test(file),
    ),
  ).toEqual([])
})
test('a form costs at most 15 KB of script more than a page without any, until it is touched', () => {
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
    expect(size, page).toBeLessThan(15 * 1024)
  }
})
test('nothing of the server is in what the browser loads', () => {
  const chunks = globSync('.next/static/**/*.js')
  expect(chunks.length).toBeGreaterThan(3)
  expect(globSync('.next/static/**/*.map')).toEqual([])
  for (const chunk of chunks)
    expect(readFileSync(chunk, 'utf8')).not.toMatch(/APP_SECRET|DATABASE_URL|nodemailer|drizzle/i)
})
