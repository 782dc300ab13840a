import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { capture } from '#lib/leads/capture'
import { trialToken } from '#lib/leads/trial-token'
import { readLetter } from '#lib/letters/letter'
import { compose } from '#lib/mail/compose'
import { runTrialClock } from '#lib/trials/clock'
import { confirmTrial } from '#lib/trials/confirm'
import { orderTrial } from '#lib/trials/orders'
import { latestMail } from '../../e2e/stack/latest-mail.ts'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const config = parseConfig({})
const query = givenOwnDatabase()

async function ask(email: string, name: string) {
  const values = { name, email, company: 'Desert Spine', terms: true }
  const stored = await capture(database().$client, { form: 'trial', values, attribution: {} }, config)
  if (stored.outcome === 'conflict') throw new Error('a new request was expected')
  const [{ id }] = await query('select id from trials where submission_id = $1', stored.submissionId)
  return { ...stored, id: id as string }
}

/** The text part of a mail as sent. */
async function textOf(submissionId: string, kind: string): Promise<string> {
  const mail = await latestMail({ submissionId }, kind)
  const raw = (await compose(await readLetter(database(), mail, config), config)).toString()
  return raw.replace(/=\r?\n/g, '').replace(/\s+/g, ' ')
}

const DAY = 86_400_000

test.each([
  [
    'running',
    async () => {},
    /you already have one\. It runs until .* at the earliest and continues unchanged/,
  ],
  [
    'converted',
    (reference: string) => orderTrial(database(), reference, { name: 'convert' }, 'product'),
    /you are a TrackStat customer already\. Nothing was started/,
  ],
  [
    'cancelled',
    (reference: string) => orderTrial(database(), reference, { name: 'cancel' }, 'support'),
    /You had one that was canceled on/,
  ],
  [
    'expired',
    async (reference: string) => {
      await orderTrial(database(), reference, { name: 'access' }, 'support')
      for (const days of [12, 15]) await runTrialClock(database(), config, new Date(Date.now() + days * DAY))
    },
    /You had one until/,
  ],
])('only the mail tells a person who requests again of the trial that is %s', async (state, change, says) => {
  const email = `${state}@example.com`
  const first = await ask(email, 'Jane Roe')
  await confirmTrial(trialToken(first.id, 1), 'Asia/Tokyo')
  await query(`update trials set login_url = 'https://app.example/in' where id = $1`, first.id)
  await change(first.reference)
  const second = await ask(email, 'Jane Roe again')
  const text = await textOf(second.submissionId, 'trial-confirm')
  expect(text).toMatch(says)
  expect(text).not.toContain('trial/confirm')
  expect(text.includes('https://app.example/in')).toBe(['running', 'converted'].includes(state))
  if (state === 'cancelled') {
    // The day on which it was canceled, not the day on which it would have ended; in the reader's time zone.
    const today = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Tokyo', month: 'short', day: 'numeric' })
    expect(text).toMatch(new RegExp(`canceled on \\w+, ${today.format(new Date())}, .* GMT\\+9`))
  }
})

test('support’s notice has the start and end of a confirmed trial', async () => {
  const { id, submissionId } = await ask('dates@example.com', 'Jane Roe')
  expect(await textOf(submissionId, 'support-notice')).toMatch(/14 days, from the moment/)
  await confirmTrial(trialToken(id, 1))
  const text = await textOf(submissionId, 'support-notice')
  expect(text).toMatch(/Started:.* P[SD]T.*Ends:.* P[SD]T/)
  expect(text).not.toContain('from the moment')
})
