import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { closeDatabase, database } from '#lib/db/connection'
import { capture } from '#lib/leads/capture'
import { readLetter } from '#lib/mail/letter'
import { runTrialCommand } from '#lib/trials/command'
import { correctAddress } from '#lib/trials/correct'
import { createDatabase } from '../../e2e/stack/postgres.ts'

const config = parseConfig({})
let drop: () => Promise<void>
beforeAll(async () => {
  const made = await createDatabase()
  drop = made.drop
  process.env.DATABASE_URL = made.url
})
afterAll(async () => {
  await closeDatabase()
  await drop()
})

const query = async (text: string, ...values: unknown[]) =>
  (await database().$client.query(text, values)).rows

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

test('a corrected address takes the whole story along: history, consent, funnel', async () => {
  await send('demo', 'wrong@example.com')
  const first = await send('trial', 'wrong@example.com')
  const both = await Promise.all([
    correctAddress(first.submissionId, 'right@example.com', config),
    correctAddress(first.submissionId, 'right@example.com', config),
  ])
  const [one, other] = both
  // Two presses at once correct it once.
  expect(one).toEqual(other)
  if (one?.outcome !== 'corrected') throw new Error('it was to be corrected')
  expect(await correctAddress(one.submissionId, 'third@example.com', config)).toEqual({ outcome: 'once' })

  const [{ reference }] = await query('select reference from submissions where id = $1', one.submissionId)
  const { lines } = await runTrialCommand(database(), ['show', reference])
  const story = lines.join('\n')
  for (const part of ['Asked for the demo', `goes on as ${reference}`, `stands in for ${first.reference}`])
    expect(story).toContain(part)

  const [notice] = await query(
    `select id, kind, recipient, lead_id as "leadId", submission_id as "submissionId", data,
      message_id as "messageId", created_at as "createdAt" from mails where submission_id = $1 and kind = 'support-notice'`,
    one.submissionId,
  )
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

test('the address that the mail went to, and one that is none, are refused with their reason', async () => {
  const { submissionId } = await send('trial', 'same@example.com')
  for (const email of ['Same@Example.com', 'nonsense'])
    expect(await correctAddress(submissionId, email, config)).toMatchObject({
      outcome: 'invalid',
      error: expect.stringMatching(/\w/),
    })
})
