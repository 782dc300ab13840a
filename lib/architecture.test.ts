import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importsOf, serviceFiles } from '../e2e/stack/syntax-tree.ts'

/** Rules for imports and files. */
const imports = new Map(serviceFiles.map((file) => [file, importsOf(file)]))
const offenders = (folder: string, isBad: (path: string, file: string) => boolean) =>
  [...imports]
    .filter(([file]) => file.startsWith(folder))
    .flatMap(([file, paths]) => paths.filter((path) => isBad(path, file)).map((path) => `${file}: ${path}`))

test('every kind of import is seen', () => {
  const source = `
    import a from '#lib/a'
    import type { B } from '#server/b'
    import { type C } from '../c.ts'
    import './d'
    export { e } from '#ui/e'
    export type { F } from '#app/f'
    export * from './g.mjs'
    const h = await import('#emails/h')
    type I = import('next/i').I
    const j = "import x from 'y'"`
  const seen = 'lib/a server/b lib/c lib/room/d app/_ui/e app/f lib/room/g emails/h next/i'
  expect(importsOf('lib/room/file.ts', source)).toEqual(seen.split(' '))
})
test('there are sources to check', () => expect(serviceFiles.length).toBeGreaterThan(80))
test('lib imports neither app nor server nor next', () =>
  expect(offenders('lib/', (path) => /^(app|server|tools|e2e|next)(\/|$)/.test(path))).toEqual([]))
test('app does not import server', () =>
  expect(offenders('app/', (path) => /^(server|tools|e2e)\//.test(path))).toEqual([]))
test('a room of lib imports from the rooms below it only', () => {
  // From top to bottom; the empty name is for files directly in lib.
  const order = 'launcher doctor jobs desk letters webhooks demo trials leads mail guard db postgres process'
  const rooms = [...order.split(' '), 'articles', 'billing', 'placeholders', '', 'forms']
  const levelOf = (path: string) => rooms.indexOf(/^lib\/(?:([^/]+)\/)?/.exec(path)?.[1] ?? '')
  const files = serviceFiles.filter((file) => file.startsWith('lib/'))
  expect(files.filter((file) => levelOf(file) < 0)).toEqual([])
  expect(offenders('lib/', (path, file) => path.startsWith('lib/') && levelOf(path) < levelOf(file))).toEqual(
    [],
  )
})
test('emails import nothing of ours but emails', () =>
  expect(offenders('emails/', (path) => /^(app|lib|server)\//.test(path))).toEqual([]))
test('lib/forms imports only libraries and itself', () =>
  expect(
    offenders('lib/forms/', (path) => /^(app|server|emails|lib\/(?!forms\/))|^node:/.test(path)),
  ).toEqual([]))
test('components know no database', () =>
  expect(offenders('app/_ui/', (path) => /^lib\/(?!forms\/|placeholders\/|site$)/.test(path))).toEqual([]))
test('server-only is not imported: the worker loads the same files', () =>
  expect(offenders('', (path) => path === 'server-only')).toEqual([]))
test('few components run in the browser', () => {
  expect(serviceFiles.filter((file) => /^'use client'/m.test(readFileSync(file, 'utf8')))).toEqual([
    'app/(site)/demo/watch/player.tsx',
    'app/_ui/form/enhanced-form.tsx',
    'app/_ui/form/time-zone-field.tsx',
    'app/_ui/layout/local-time.tsx',
    'app/_ui/layout/poll.tsx',
  ])
})
test('no file has more than 200 lines', () => {
  // The data model is one file on purpose.
  const long = serviceFiles.filter((file) => readFileSync(file, 'utf8').split('\n').length > 201)
  expect(long).toEqual(['lib/db/schema.ts'])
})
test('no file is named for no purpose', () => {
  expect(
    serviceFiles.filter((file) =>
      /(^|\/)(utils?|helpers?|common|misc|constants|types|services)(\.|\/)/.test(file),
    ),
  ).toEqual([])
})
