import { expect, test } from 'vitest'
import { database } from '#lib/db/connection'
import { allowanceRequest } from '#lib/mail/allowance'
import { runTrialClock } from '#lib/trials/clock'
import { countResends, resendConfirmation } from '#lib/trials/resend'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'
import { asking, config, requestTrial, rowOf, stateOf } from '../../e2e/stack/trial-rows.ts'

const query = givenOwnDatabase()

test('an abandoned request stays abandoned if its resend is withheld', async () => {
  const { id, email } = await requestTrial()
  await query(
    `insert into mail_grants (kind, mailbox) select kind, mailbox from mail_grants, generate_series(1, 2)
    where mailbox = $1`,
    allowanceRequest({ email }, config).mailbox,
  )
  await query(`update trials set token_expires_at = now() - interval '13 days' where id = $1`, id)
  await runTrialClock(database(), config)
  expect(await resendConfirmation(id, asking)).toBe(true)
  expect(await stateOf(id)).toBe('abandoned')
})

test('resends are limited, and a resend reopens an abandoned request', async () => {
  const { id } = await requestTrial()
  expect(await countResends(database(), await rowOf(id), asking)).toBe(2)
  await query(`update trials set token_expires_at = now() - interval '12 days' where id = $1`, id)
  await runTrialClock(database(), config)
  expect(await stateOf(id)).toBe('abandoned')
  expect(await resendConfirmation(id, asking)).toBe(true)
  expect(await stateOf(id)).toBe('requested')
  await runTrialClock(database(), config)
  expect(await stateOf(id)).toBe('requested')
  expect(await resendConfirmation(id, asking)).toBe(true)
  expect([
    await countResends(database(), await rowOf(id), asking),
    await resendConfirmation(id, asking),
  ]).toEqual([0, false])
})
