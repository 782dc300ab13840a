import { execPath } from 'node:process'
import { afterEach, expect, test } from 'vitest'
import { type Supervised, supervise } from '#lib/process/supervise'

/** A process that the system can't start at first. */
let supervised: Supervised
const ARGS = ['-e', 'setInterval(() => {}, 1000)']

afterEach(async () => {
  process.execPath = execPath
  await supervised.stop(0, AbortSignal.abort())
})

test('a process that could not be started is started again: an error that Node emits', async () => {
  const spawned = Promise.withResolvers<number>()
  process.execPath = '/no/such/program'
  supervised = supervise({ name: 'x', args: ARGS, env: () => ({ ...process.env }), onSpawn: spawned.resolve })
  process.execPath = execPath
  expect(await spawned.promise).toBeGreaterThan(0)
  expect(supervised.crashes()).toBe(1)
})

test('a process that could not be started is started again: an error that Node throws', async () => {
  const spawned = Promise.withResolvers<number>()
  // Longer than Linux takes: E2BIG.
  const environments = [{ ...process.env, LONG: 'x'.repeat(8_000_000) }]
  const env = () => environments.pop() ?? { ...process.env }
  supervised = supervise({ name: 'x', args: ARGS, env, onSpawn: spawned.resolve })
  expect(await spawned.promise).toBeGreaterThan(0)
  expect(supervised.crashes()).toBe(1)
})
