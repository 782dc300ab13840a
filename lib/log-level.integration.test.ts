import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const script = `import { log } from '#lib/log'
for (const level of ['debug', 'info', 'warn', 'error']) log[level](level)`

/** The levels that a process writes with this LOG_LEVEL. */
function levelsWith(more: Record<string, string>): string[] {
  const env = { PATH: process.env.PATH ?? '', ...more } as unknown as NodeJS.ProcessEnv
  const lines = execFileSync('node', ['--input-type=module', '-e', script], { env, encoding: 'utf8' })
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).level)
}

test('LOG_LEVEL is the least that is written, info where it is not set', () => {
  expect(levelsWith({})).toEqual(['info', 'warn', 'error'])
  expect(levelsWith({ LOG_LEVEL: 'warn' })).toEqual(['warn', 'error'])
  expect(levelsWith({ LOG_LEVEL: 'debug' })).toEqual(['debug', 'info', 'warn', 'error'])
})
