import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

test('npm run worker bundles only if the bundle is missing or older than the sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trackstat-bundle-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const write = (text: string) =>
    writeFileSync(join(folder, 'lib/jobs/worker.ts'), `console.log(${JSON.stringify(text)})`)
  const bundle = () => {
    execFileSync(process.execPath, [resolve('server/bundle-worker.ts')], { cwd: folder })
    return statSync(join(folder, '.next/worker.mjs')).ino
  }
  const run = () => execFileSync(process.execPath, [join(folder, '.next/worker.mjs')], { encoding: 'utf8' })
  mkdirSync(join(folder, 'lib/jobs'), { recursive: true })
  write('first')
  const first = bundle()
  expect(run()).toBe('first\n')
  expect(bundle()).toBe(first)
  write('second')
  expect(bundle()).not.toBe(first)
  expect(run()).toBe('second\n')
})
