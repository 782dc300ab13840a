import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseConfig } from '#lib/config'

const folder = mkdtempSync(join(tmpdir(), 'trackstat-log-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The messages that a process logs, one at each level, with these settings. */
function logged(environment: Record<string, string>, envFile = ''): string[] {
  writeFileSync(join(folder, '.env'), envFile)
  const code = `import { log } from ${JSON.stringify(resolve('lib/log.ts'))}
    for (const level of ['error', 'warn', 'info', 'debug']) log[level](level)`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...environment } as unknown as NodeJS.ProcessEnv,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).msg)
}

const INFO = ['error', 'warn', 'info']

test.each([
  ['without a level', {}, '', INFO],
  ['with one in the environment', { LOG_LEVEL: 'warn' }, '', ['error', 'warn']],
  ['with one in the .env file', {}, 'LOG_LEVEL=error\n', ['error']],
  ['with both, the environment wins', { LOG_LEVEL: 'debug' }, 'LOG_LEVEL=error\n', [...INFO, 'debug']],
  ['with a blank one', { LOG_LEVEL: '' }, '', INFO],
  ['with white space', { LOG_LEVEL: '  ' }, '', INFO],
  ['with one that does not exist', { LOG_LEVEL: 'verbose' }, '', INFO],
])('%s the log goes on', (_, environment, envFile, messages) => {
  expect(logged(environment as Record<string, string>, envFile)).toEqual(messages)
})

test.each(['verbose', 'INFO', 'toString'])('LOG_LEVEL=%s is refused with the levels there are', (level) => {
  expect(() => parseConfig({ LOG_LEVEL: level })).toThrow(
    'LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, for example info',
  )
})
