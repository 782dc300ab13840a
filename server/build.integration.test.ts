import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { fallbackPath } from '#lib/process/lock'

/** Two builds of one folder at the same time, with a short script in place of `next build`, which fails in the end. */
let folder: string
const NEXT = '#!/bin/sh\necho begin >> log\nsleep 2\necho end >> log\nexit 3\n'

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trackstat-build-'))
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/next'), NEXT)
  chmodSync(join(folder, 'bin/next'), 0o755)
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

function build(...args: string[]): { child: ChildProcess; ended: Promise<unknown[]> } {
  const child = spawn(process.execPath, [resolve('server/build.ts'), ...args], {
    cwd: folder,
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
    stdio: 'ignore',
  })
  return { child, ended: once(child, 'exit') }
}

const log = () => {
  const file = join(folder, 'log')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}

test('the second build waits for the first', async () => {
  const [first, second] = [build(), build()]
  expect([await first.ended, await second.ended]).toEqual([
    [3, null],
    [3, null],
  ])
  expect(log()).toEqual(['begin', 'end', 'begin', 'end'])
})

test('after kill -9 of a build the next one waits until its Next has ended', async () => {
  const first = build()
  await expect.poll(log).toEqual(['begin'])
  first.child.kill('SIGKILL')
  await first.ended
  expect(await build().ended).toEqual([3, null])
  expect(log()).toEqual(['begin', 'end', 'begin', 'end'])
})

test('a build that the launcher asks for after another one has built leaves that one alone', async () => {
  const stamp = JSON.stringify(resolve('lib/launcher/build-stamp.ts'))
  const script = `import { hashSources, writeStamp } from ${stamp}; await writeStamp(await hashSources('data'))`
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder }).status).toBe(0)
  expect(await build('data').ended).toEqual([0, null])
  expect(log()).toEqual([])
  // `npm run build` passes no folder, and always builds.
  expect(await build().ended).toEqual([3, null])
})

test('a build leaves no lock file behind', async () => {
  await build().ended
  expect(existsSync(fallbackPath(join(realpathSync(folder), '.next')))).toBe(false)
})
