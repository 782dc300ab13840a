import { expect, test } from 'vitest'
import { trialToken } from '#lib/leads/trial-token'
import { trialCode } from '#lib/trials/code'
import { confirmByCode, confirmTrial } from '#lib/trials/confirm'
import { findTrial } from '#lib/trials/find'
import { resendConfirmation } from '#lib/trials/resend'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'
import {
  asking,
  mailsOf,
  markDelivered,
  requestTrial,
  startedTrial,
  stateOf,
} from '../../e2e/stack/trial-rows.ts'

const query = givenOwnDatabase()

test('simultaneous confirmations, by link and by code, start the trial once with one set of mails', async () => {
  const { id, submissionId } = await requestTrial()
  await markDelivered(id)
  const token = trialToken(id, 1)
  await Promise.all([
    confirmTrial(token),
    confirmByCode(submissionId, trialCode(id, 1)),
    confirmTrial(token),
    confirmByCode(submissionId, trialCode(id, 1)),
  ])
  expect(await stateOf(id)).toBe('active')
  expect(await mailsOf(id, 'trial-welcome')).toHaveLength(1)
  expect(
    await query(`select from mails where trial_id = $1 and data->>'about' = 'trial-confirmed'`, id),
  ).toHaveLength(1)
  expect(
    await query(`select from events where kind = 'trial-confirmed' and data->>'trial' = $1`, id),
  ).toHaveLength(1)
})

test('a code allows five wrong tries, also simultaneous ones; then only a new code works', async () => {
  const { id, submissionId } = await requestTrial()
  await markDelivered(id)
  const right = trialCode(id, 1)
  const wrong = right === '333333' ? '444444' : '333333'
  expect(await confirmByCode(submissionId, 'hello')).toEqual({ outcome: 'malformed' })
  const answers = await Promise.all(Array.from({ length: 9 }, () => confirmByCode(submissionId, wrong)))
  expect(answers.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(4)
  expect(answers.filter(({ outcome }) => outcome === 'exhausted')).toHaveLength(5)
  expect(await confirmByCode(submissionId, right)).toEqual({ outcome: 'exhausted' })
  expect(await resendConfirmation(id, asking)).toBe(true)
  await markDelivered(id)
  expect(await confirmByCode(submissionId, right)).toMatchObject({ outcome: 'wrong', left: 4 })
  expect(await confirmByCode(submissionId, trialCode(id, 2))).toEqual({ outcome: 'confirmed', submissionId })
})

test('using the link or the code uses up both', async () => {
  const byLink = await startedTrial()
  await markDelivered(byLink.id)
  expect(await confirmTrial(trialToken(byLink.id, 1))).toBeUndefined()
  for (const typed of ['', 'hello', trialCode(byLink.id, 1)])
    expect(await confirmByCode(byLink.submissionId, typed)).toEqual({ outcome: 'already' })
  const byCode = await requestTrial()
  await markDelivered(byCode.id)
  expect(await confirmByCode(byCode.submissionId, trialCode(byCode.id, 1))).toMatchObject({
    outcome: 'confirmed',
  })
  expect(await confirmTrial(trialToken(byCode.id, 1))).toBeUndefined()
})

test('one mailbox has ten tries in 24 hours, over all requests, address tags and resends', async () => {
  const first = await requestTrial('tagged@example.com')
  const second = await requestTrial('tagged+two@example.com')
  for (const { id } of [first, second]) await markDelivered(id)
  const wrong = (id: string) => (trialCode(id, 1) === '333333' ? '444444' : '333333')
  const answers = []
  for (const { id, submissionId } of [first, second])
    for (let tried = 0; tried < 5; tried++) answers.push(await confirmByCode(submissionId, wrong(id)))
  expect(answers.map((each) => ('left' in each ? each.left : each.outcome))).toEqual([
    ...[4, 3, 2, 1, 'exhausted'],
    ...[4, 3, 2, 1, 'exhausted'],
  ])
  const third = await requestTrial('Tagged+3@example.com')
  await markDelivered(third.id)
  const right = trialCode(third.id, 1)
  expect(await confirmByCode(third.submissionId, right)).toEqual({ outcome: 'refused', by: 'mailbox' })
  // A day later the tries are reset.
  await query(
    `update rate_limits set expire = extract(epoch from now()) * 1000 where key like 'code-mailbox:%'`,
  )
  expect(await confirmByCode(third.submissionId, right)).toMatchObject({ outcome: 'confirmed' })
  expect(JSON.stringify(await query('select key from rate_limits'))).not.toContain('tagged')
})

test('a code works once its mail is being sent, not while it is queued', async () => {
  const { id, submissionId } = await requestTrial()
  const right = trialCode(id, 1)
  await query(`update mails set code_issue = 1 where trial_id = $1 and kind = 'trial-confirm'`, id)
  expect(await confirmByCode(submissionId, right)).toMatchObject({ outcome: 'wrong' })
  const [mail] = await query(
    `update mails set state = 'sending' where trial_id = $1 and kind = 'trial-confirm' returning id`,
    id,
  )
  expect(await confirmByCode(submissionId, right)).toMatchObject({ outcome: 'wrong' })
  await query('insert into mail_attempts (mail_id) values ($1)', mail.id)
  expect(await confirmByCode(submissionId, right)).toMatchObject({ outcome: 'confirmed' })
})

test('a second request never starts a second trial', async () => {
  const first = await requestTrial()
  const second = await requestTrial(first.email, 'Jane Roe again')
  await Promise.all([confirmTrial(trialToken(first.id, 1)), confirmTrial(trialToken(second.id, 1))])
  const started = await query('select id from trials where id = any($1) and starts_at is not null', [
    first.id,
    second.id,
  ])
  expect(started).toHaveLength(1)
  for (const { id } of [first, second]) expect((await findTrial(trialToken(id, 1)))?.id).toBe(started[0].id)
})
