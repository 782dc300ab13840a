import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { capture } from '#lib/leads/capture'
import { trialToken } from '#lib/leads/trial-token'
import { readLetter } from '#lib/letters/letter'
import { runTrialClock } from '#lib/trials/clock'
import { confirmTrial } from '#lib/trials/confirm'
import { correctAddress } from '#lib/trials/correct'
import { resendConfirmation } from '#lib/trials/resend'
import { runTrialCommand } from '#lib/trials/trial-command'
import { latestMail } from '../../e2e/stack/latest-mail.ts'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const config = parseConfig({})
const query = givenOwnDatabase()

async function send(form: 'demo' | 'trial', email: string) {
  const values = {
    name: 'Jane Roe',
    email,
    company: 'Desert Spine',
    ...(form === 'trial' && { terms: true }),
  }
  const arrival = { form, values, attribution: {}, page: `/${form}` }
  const stored = await capture(database().$client, arrival, config)
  if (stored.outcome === 'conflict') throw new Error('a new request was expected')
  return stored
}

test('a corrected address keeps the history, the consent and the place in the funnel', async () => {
  const demo = await send('demo', 'wrong@example.com')
  const first = await send('trial', 'wrong@example.com')
  const both = await Promise.all([
    correctAddress(first.submissionId, 'right@example.com', [demo.submissionId], config),
    correctAddress(first.submissionId, 'right@example.com', [demo.submissionId], config),
  ])
  const [one, other] = both
  // Concurrent corrections make one new request.
  expect(one).toEqual(other)
  if (one?.outcome !== 'corrected') throw new Error('it was to be corrected')
  expect(await correctAddress(one.submissionId, 'third@example.com', [], config)).toEqual({ outcome: 'once' })

  const [{ reference }] = await query('select reference from submissions where id = $1', one.submissionId)
  const { lines } = await runTrialCommand(database(), ['show', reference])
  const story = lines.join('\n')
  for (const part of ['Asked for the demo', `goes on as ${reference}`, `replaces ${first.reference}`])
    expect(story).toContain(part)

  const notice = await latestMail({ submissionId: one.submissionId }, 'support-notice')
  const { props } = await readLetter(database(), notice, config)
  const history = (props as { history: { what: string }[] }).history.map(({ what }) => what)
  expect(history).toContain('Asked for the demo')

  expect(
    await query('select distinct page from consents where submission_id = $1', one.submissionId),
  ).toEqual([{ page: '/trial' }])
  const funnel = (await runTrialCommand(database(), ['funnel'])).lines.join('\n')
  expect(funnel).toMatch(/^trial requested +1$/m)
  expect(funnel).toMatch(/^cancelled +0/m)
})

test('events of somebody else under the wrong address are not in the history', async () => {
  await send('demo', 'victor@example.com')
  const { submissionId } = await send('trial', 'victor@example.com')
  const corrected = await correctAddress(submissionId, 'mallory@example.com', [], config)
  if (corrected.outcome !== 'corrected') throw new Error('it was to be corrected')
  const [{ reference }] = await query(
    'select reference from submissions where id = $1',
    corrected.submissionId,
  )
  const story = (await runTrialCommand(database(), ['show', reference])).lines.join('\n')
  expect(story).toContain('whose address was wrong')
  expect(story).not.toMatch(/Asked for the demo|demo-thanks/)
})

test('an abandoned request is also withdrawn by its correction', async () => {
  const { submissionId } = await send('trial', 'given-up@example.com')
  const [{ id }] = await query('select id from trials where submission_id = $1', submissionId)
  await query(`update trials set token_expires_at = now() - interval '13 days' where id = $1`, id)
  await runTrialClock(database(), config)
  const corrected = await correctAddress(submissionId, 'found@example.com', [], config)
  expect(corrected.outcome).toBe('corrected')
  expect(await query('select state from trials where id = $1', id)).toEqual([{ state: 'cancelled' }])
  expect(await resendConfirmation(id, { own: [], proved: true })).toBe(false)
  expect(await confirmTrial(trialToken(id, 1))).toBeUndefined()
})

test('the same address, and an invalid one, are refused with a reason', async () => {
  const { submissionId } = await send('trial', 'same@example.com')
  for (const email of ['Same@Example.com', 'nonsense'])
    expect(await correctAddress(submissionId, email, [], config)).toMatchObject({
      outcome: 'invalid',
      error: expect.stringMatching(/\w/),
    })
})
