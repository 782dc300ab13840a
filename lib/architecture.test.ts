import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Rules for imports and files. */
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
test('a room of lib imports from the rooms below it only', () => {
  // From top to bottom; the empty name is for files directly in lib.
  const order = 'launcher doctor jobs desk letters webhooks demo trials leads mail guard db postgres process'
  const rooms = [...order.split(' '), 'articles', 'billing', 'placeholders', '', 'forms']
  const roomOf = (path: string) => /^#?lib\/(?:([^/]+)\/)?/.exec(path)?.[1] ?? ''
  const upward = code
    .filter((file) => file.startsWith('lib/'))
    .flatMap((file) => {
      const names = readFileSync(file, 'utf8').matchAll(/'(#lib\/[^']+)'/g)
      expect(rooms, file).toContain(roomOf(file))
      return [...names]
        .filter(([, name]) => name !== '#lib/site')
        .filter(([, name = '']) => rooms.indexOf(roomOf(name)) < rooms.indexOf(roomOf(file)))
        .map(([, name]) => `${file}: ${name}`)
    })
  expect(upward).toEqual([])
})
test('emails import nothing of ours but emails', () =>
  expect(offenders('emails/', (name) => /^#(?!emails\/)/.test(name))).toEqual([]))
test('lib/forms imports only libraries, itself, and the company’s telephone number', () =>
  expect(offenders('lib/forms/', (name) => /^#(?!lib\/(?:forms\/|site$))|^node:/.test(name))).toEqual([]))
test('components know no database', () =>
  expect(offenders('app/_ui/', (name) => /^#lib\/(?!forms\/|placeholders\/|site$)/.test(name))).toEqual([]))
test('server-only is not imported: the worker loads the same files', () =>
  expect(offenders('', (name) => name === 'server-only')).toEqual([]))
test('few components run in the browser', () => {
  expect(code.filter((file) => /^'use client'/m.test(readFileSync(file, 'utf8')))).toEqual([
    'app/(site)/demo/watch/player.tsx',
    'app/_ui/form/enhanced-form.tsx',
    'app/_ui/form/time-zone-field.tsx',
    'app/_ui/layout/local-time.tsx',
    'app/_ui/layout/poll.tsx',
  ])
})
test('no file has more than 200 lines', () => {
  // The data model is one file on purpose.
  const long = code.filter((file) => readFileSync(file, 'utf8').split('\n').length > 201)
  expect(long).toEqual(['lib/db/schema.ts'])
})
test('no file is named for no purpose', () => {
  expect(
    sources.filter((file) =>
      /(^|\/)(utils?|helpers?|common|misc|constants|types|services)(\.|\/)/.test(file),
    ),
  ).toEqual([])
})
