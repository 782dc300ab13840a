import { expect, test } from 'vitest'
import { database } from '#lib/db/connection'
import { orderTrial } from '#lib/trials/orders'
import { runTrialCommand } from '#lib/trials/trial-command'
import { moveTrialSql } from '../../e2e/stack/move-trial.ts'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'
import { DAY, datesOf, requestTrial, startedTrial, stateOf } from '../../e2e/stack/trial-rows.ts'

const query = givenOwnDatabase()

test('the command changes, shows and refuses', async () => {
  const run = (...words: string[]) => runTrialCommand(database(), words)
  const { reference, id } = await startedTrial()
  expect((await run('extend', reference.toLowerCase(), '7')).code).toBe(0)
  expect((await run('convert', reference)).code).toBe(0)
  expect((await run('convert', reference)).code).toBe(0)
  const refused = await run('cancel', reference)
  expect([refused.code, refused.lines[0]]).toEqual([1, 'Not done: the person has become a customer.'])
  const { lines } = await run('show', reference)
  for (const part of [
    'Asked for a trial',
    'Confirmed the trial',
    'The trial was extended, by support',
    'trial-welcome',
  ])
    expect(lines.join('\n')).toContain(part)
  expect((await run('show', 'TS-NOTHING')).code).toBe(1)
  for (const words of [[], ['extend', reference], ['extend', reference, '0'], ['destroy', reference]])
    expect((await run(...words)).code).toBe(2)
  const funnel = (await run('funnel')).lines.join('\n')
  expect(funnel).toMatch(/^converted +[1-9]\d* +\d+% of active$/m)
  expect(funnel).toMatch(/^trial requested +[1-9]\d*$/m)
  expect(
    await query(`select from events where kind = 'trial-converted' and data->>'trial' = $1`, id),
  ).toHaveLength(1)
})

test('extending a canceled trial restarts it, unless it never started', async () => {
  const trial = await startedTrial()
  const run = (...words: string[]) => runTrialCommand(database(), words)
  expect((await run('cancel', trial.reference)).code).toBe(0)
  expect((await run('convert', trial.reference)).lines[0]).toContain('runs again when it is extended')
  expect((await run('extend', trial.reference, '7')).code).toBe(0)
  expect(await stateOf(trial.id)).toBe('active')
  const other = await requestTrial()
  expect((await run('extend', other.reference, '7')).lines[0]).toContain('the address is not confirmed yet')
  // If the person has another running trial, that one must be extended instead.
  await run('cancel', trial.reference)
  const second = await requestTrial(trial.email, 'Jane Roe again')
  await query(moveTrialSql(`state = 'confirmed'`, 't.id = $1'), second.id)
  expect((await run('extend', trial.reference, '7')).lines[0]).toContain(
    'another trial of this person is running',
  )
})

test('one key extends once', async () => {
  const trial = await startedTrial()
  const extend = () =>
    orderTrial(database(), trial.reference, { name: 'extend', days: 7 }, 'product', `k${trial.id}`)
  const [one, other] = await Promise.all([extend(), extend()])
  expect(one?.endsAt).toEqual(other?.endsAt)
  expect((await datesOf(trial.id)).ends_at.getTime() - trial.ends_at.getTime()).toBe(7 * DAY)
})
