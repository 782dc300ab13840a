import fc from 'fast-check'
import { expect, test } from 'vitest'
import { database } from '#lib/db/connection'
import { findReasonsToWithhold } from '#lib/letters/withhold'
import { orderTrial } from '#lib/trials/orders'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'
import { datesOf, mailsOf, runClock, startedTrial, stateOf } from '../../e2e/stack/trial-rows.ts'

const query = givenOwnDatabase()

test('sixteen days by the hour: each reminder once, also with two clocks at the same time', async () => {
  const trial = await startedTrial()
  for (let hour = 0; hour <= 16 * 24; hour += 1) {
    const before = 14 - hour / 24
    if (hour % 24) await runClock(trial, before)
    else await Promise.all([runClock(trial, before), runClock(trial, before)])
  }
  const due = (await mailsOf(trial.id, 'trial-ending')).map(({ data }) => data.due.split('/')[1])
  expect(due).toEqual(['3d', '1d'])
  expect(await mailsOf(trial.id, 'trial-ended')).toHaveLength(1)
  expect(await stateOf(trial.id)).toBe('expired')
})

test('sixteen days with a three-day outage at any time: no reminder twice, none missing that is still true', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 13 * 24 }), async (down) => {
      const trial = await startedTrial()
      const ran: number[] = []
      for (let hour = 0; hour <= 16 * 24; hour += 4) {
        if (hour > down && hour < down + 72) continue
        // A second later, because the end has microseconds and a Date does not.
        const left = 14 - hour / 24 - 1 / 86_400
        ran.push(left)
        await runClock(trial, left)
      }
      const expected = [
        ...(ran.some((left) => left > 1 && left <= 3) ? ['3d'] : []),
        ...(ran.some((left) => left > 0 && left <= 1) ? ['1d'] : []),
      ]
      const due = (await mailsOf(trial.id, 'trial-ending')).map(({ data }) => data.due.split('/')[1])
      expect(due).toEqual(expected)
      expect(await mailsOf(trial.id, 'trial-ended')).toHaveLength(1)
      expect(await stateOf(trial.id)).toBe('expired')
    }),
    // Always tested: an outage from before the first reminder to the end, and one that ends between the reminders.
    { numRuns: 8, examples: [[11 * 24 - 1], [9 * 24]] },
  )
})

test.each([
  { back: 2, expected: ['3d'], ended: 0 },
  { back: 0.5, expected: ['1d'], ended: 0 },
  { back: -1, expected: [], ended: 1 },
])(
  'after a three-day outage, $back days before the end: only the reminder that is true then',
  async ({ back, expected, ended }) => {
    const trial = await startedTrial()
    await runClock(trial, back + 3)
    const before = (await mailsOf(trial.id, 'trial-ending')).length
    await runClock(trial, back)
    await runClock(trial, back)
    const due = (await mailsOf(trial.id, 'trial-ending')).map(({ data }) => data.due.split('/')[1])
    expect(due.slice(before)).toEqual(expected)
    expect(await mailsOf(trial.id, 'trial-ended')).toHaveLength(ended)
  },
)

test('an extension has its own reminders; a short trial has none about days it never had', async () => {
  const trial = await startedTrial()
  await runClock(trial, 2.5)
  await orderTrial(database(), trial.reference, { name: 'extend', days: 7 }, 'support')
  const later = await datesOf(trial.id)
  await runClock(later, 5)
  expect(await mailsOf(trial.id, 'trial-ending')).toHaveLength(1)
  await runClock(later, 2.5)
  await runClock(later, 0.5)
  expect(await mailsOf(trial.id, 'trial-ending')).toHaveLength(3)
  const short = await startedTrial(1)
  await runClock(short, 0.9)
  await runClock(short, -0.1)
  expect(await mailsOf(short.id, 'trial-ending')).toEqual([])
  expect(await mailsOf(short.id, 'trial-ended')).toHaveLength(1)
})

test('a queued reminder is withheld once it is unwanted or untrue', async () => {
  const withheld = async (change: (trial: Awaited<ReturnType<typeof startedTrial>>) => Promise<unknown>) => {
    const trial = await startedTrial()
    await runClock(trial, 2.5)
    const [mail] = await mailsOf(trial.id, 'trial-ending')
    expect(await findReasonsToWithhold(database(), [mail.id])).toEqual(new Map())
    await change(trial)
    return (await findReasonsToWithhold(database(), [mail.id])).get(mail.id)
  }
  const order = (name: 'convert' | 'cancel') => (trial: { reference: string }) =>
    orderTrial(database(), trial.reference, { name }, 'product')
  expect(await withheld(order('convert'))).toMatch(/no longer ends/)
  expect(await withheld(order('cancel'))).toMatch(/no longer ends/)
  expect(
    await withheld(({ email }) => query(`insert into suppressions values ($1, 'unsubscribed')`, email)),
  ).toMatch(/no more mail/)
})
