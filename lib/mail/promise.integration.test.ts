import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import type { mails } from '#lib/db/schema'
import type { FormName } from '#lib/forms/forms'
import { capture } from '#lib/leads/capture'
import { releaseSubmission } from '#lib/leads/release'
import { trialToken } from '#lib/leads/trial-token'
import { readLetter } from '#lib/letters/letter'
import { queueSpamDigest } from '#lib/letters/notice-digest'
import { findReasonsToWithhold } from '#lib/letters/withhold'
import { readAccountMail, readMailPromise } from '#lib/mail/promise'
import { runTrialClock } from '#lib/trials/clock'
import { confirmByCode, confirmTrial } from '#lib/trials/confirm'
import { correctAddress } from '#lib/trials/correct'
import { orderTrial } from '#lib/trials/orders'
import { resendConfirmation } from '#lib/trials/resend'
import { mailSignInLink } from '#lib/trials/sign-in-mail'
import { latestMail } from '../../e2e/stack/latest-mail.ts'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'
import { requestTrial, startedTrial } from '../../e2e/stack/trial-rows.ts'

const query = givenOwnDatabase()
const config = parseConfig({})
beforeEach(async () => {
  await query('delete from mail_grants')
  await query('delete from workers')
  await query('insert into workers (id) values (gen_random_uuid())')
})

const LINKS = 'https://one.example '.repeat(6)
const TRAP = { website: 'https://filler.example' }
const visitor = { cause: 'visitor', network: 'home' } as const
const support = { cause: 'support' } as const

async function send(form: FormName, email: string, more: Record<string, string> = {}, network = 'home') {
  const values = { name: 'Jane Roe', email, company: 'Desert Spine', message: 'Hello', terms: true, ...more }
  const arrival = { form, values, attribution: {}, key: randomUUID(), network }
  const stored = await capture(database().$client, arrival, config)
  if (stored.outcome === 'conflict') throw new Error('a new key has no conflict')
  return stored
}
const fateOf = async (submissionId: string) => (await readMailPromise(database(), submissionId)).fate
const mailsOf = async (submissionId: string) =>
  Object.fromEntries(
    (await query('select kind, state from mails where submission_id = $1', submissionId)).map((row) => [
      row.kind,
      row.state,
    ]),
  )
const verdictOf = async (id: string) =>
  (await query('select verdict from submissions where id = $1', id))[0].verdict
const warningsIn = async (submissionId: string) => {
  const letter = await readLetter(database(), await latestMail({ submissionId }, 'support-notice'), config)
  return (letter.props as { warnings: string[] }).warnings.join('\n')
}

for (const [sign, more] of [
  ['trap field', TRAP],
  ['many links', { message: LINKS }],
  ['forum links', { message: '[url=x]y[/url]' }],
] as const)
  for (const form of ['demo', 'inquiry'] as const)
    test(`${form}, one sign (${sign}): support is told at once with the reason, only the visitor's mail waits`, async () => {
      const { submissionId, reference } = await send(form, `${randomUUID()}@example.com`, more)
      expect(Object.values(await mailsOf(submissionId)).sort()).toEqual(['held', 'queued'])
      expect(await fateOf(submissionId)).toBe('flagged')
      expect(await warningsIn(submissionId)).toMatch(/may be spam: .*\n.*No reply was sent: It waits until/s)
      expect(await releaseSubmission(database(), reference, visitor, config)).toBe(true)
      expect(await releaseSubmission(database(), reference, visitor, config)).toBe(false)
      expect(await releaseSubmission(database(), reference.toLowerCase(), support, config)).toBe(false)
      expect(new Set(Object.values(await mailsOf(submissionId)))).toEqual(new Set(['queued']))
      expect(await fateOf(submissionId)).toBe('coming')
      const events = await query(
        `select data->>'cause' as cause from events where submission_id = $1 and kind = 'released'`,
        submissionId,
      )
      expect(events).toEqual([{ cause: 'visitor' }])
    })

test('a trial with one sign: its link counts from the release, also after it would have expired or been given up', async () => {
  const { submissionId, reference } = await send('trial', 'slow@example.com', TRAP)
  await query(
    `update trials set token_expires_at = now() - interval '30 days' where submission_id = $1`,
    submissionId,
  )
  await runTrialClock(database(), config)
  await releaseSubmission(database(), reference, visitor, config)
  const [trial] = await query(
    'select state, token_expires_at > now() as valid from trials where submission_id = $1',
    submissionId,
  )
  expect(trial).toEqual({ state: 'requested', valid: true })
})

test('the resend button of a flagged trial is a press like the other one', async () => {
  const { submissionId } = await send('trial', 'resend@example.com', TRAP)
  const [{ id }] = await query('select id from trials where submission_id = $1', submissionId)
  expect(await resendConfirmation(id, { own: [submissionId], proved: false, network: 'home' })).toBe(true)
  expect(await verdictOf(submissionId)).toBe('released')
  expect(await mailsOf(submissionId)).toMatchObject({ 'trial-confirm': 'queued' })
})

test('both buttons pressed at once, many times: no error, and each mail is counted', async () => {
  const { submissionId, reference } = await send('trial', 'both-buttons@example.com', TRAP)
  const [{ id }] = await query('select id from trials where submission_id = $1', submissionId)
  const asking = { own: [submissionId], proved: false, network: 'home' }
  await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      n % 2 ? resendConfirmation(id, asking) : releaseSubmission(database(), reference, visitor, config),
    ),
  )
  const granted = await query(`select 1 from mail_grants where kind = 'confirm'`)
  const rows = await query(`select state from mails where trial_id = $1 and kind = 'trial-confirm'`, id)
  expect(rows.filter(({ state }) => state === 'queued')).toHaveLength(granted.length)
  expect(await verdictOf(submissionId)).toBe('released')
})

test('correcting the address of a flagged trial sends its mail; a held one stays held', async () => {
  const flagged = await send('trial', 'typo@example.com', TRAP)
  const corrected = await correctAddress(flagged.submissionId, 'right@example.com', [], config, 'home')
  if (corrected.outcome !== 'corrected') throw new Error(corrected.outcome)
  expect(await fateOf(corrected.submissionId)).toBe('coming')
  const held = await send('trial', 'typo2@example.com', TRAP)
  await query(
    `update submissions set verdict = 'held', reasons = '{one,two}' where id = $1`,
    held.submissionId,
  )
  const again = await correctAddress(held.submissionId, 'right2@example.com', [], config, 'home')
  if (again.outcome !== 'corrected') throw new Error(again.outcome)
  expect(await fateOf(again.submissionId)).toBe('held')
})

test('two signs: nothing goes out, no press releases it, the digest tells, support releases it once', async () => {
  await query(`update submissions set verdict = 'accepted' where verdict = 'held'`)
  await query(`insert into webhook_endpoint (id, url_hash) values (1, 'somewhere')`)
  const email = 'both@example.com'
  const { submissionId, reference } = await send('inquiry', email, { message: LINKS, ...TRAP })
  expect(await mailsOf(submissionId)).toEqual({ 'support-notice': 'held', 'inquiry-received': 'held' })
  expect(await fateOf(submissionId)).toBe('held')
  expect(await releaseSubmission(database(), reference, visitor, config)).toBe(false)
  expect(await query('select 1 from webhooks where submission_id = $1', submissionId)).toEqual([])

  await queueSpamDigest(database(), config)
  await queueSpamDigest(database(), config)
  const digests = await query(`select id, kind, recipient, data from mails where kind = 'spam-digest'`)
  expect(digests).toHaveLength(1)
  const letter = () => readLetter(database(), digests[0] as typeof mails.$inferSelect, config)
  expect(JSON.stringify((await letter()).props)).toContain(reference)

  await query(`update submissions set received_at = now() - interval '3 days' where id = $1`, submissionId)
  await query(`update leads set seen_at = now() - interval '3 days' where email = $1`, email)
  expect(await releaseSubmission(database(), reference, support, config)).toBe(true)
  const seen = `select seen_at > now() - interval '1 hour' as now from leads where email = $1`
  expect(await query(seen, email)).toEqual([{ now: true }])
  expect(await releaseSubmission(database(), reference, support, config)).toBe(false)
  expect(await mailsOf(submissionId)).toEqual({ 'support-notice': 'queued', 'inquiry-received': 'queued' })
  expect(await warningsIn(submissionId)).toMatch(/This was held until now, and came on .* \d{4}/)
  const hooks = await query('select type from webhooks where submission_id = $1', submissionId)
  expect(hooks).toEqual([{ type: 'lead.submitted' }])
  const reasons = await findReasonsToWithhold(database(), [digests[0].id])
  expect([...reasons.values()]).toEqual(['Everything in it was released or erased.'])

  // Released once, the mailbox is not stopped for the same reasons again; for others it is.
  const later = await send('inquiry', 'both+tag@example.com', { message: LINKS, ...TRAP })
  expect(await verdictOf(later.submissionId)).toBe('accepted')
  expect(await warningsIn(later.submissionId)).toMatch(/may be spam: .*\n.*may be spam: /)
  const other = await send('inquiry', email, { message: '[url=x]y[/url]', ...TRAP })
  expect(await verdictOf(other.submissionId)).toBe('flagged')
  expect(await query(`select 1 from mails where kind = 'spam-digest'`)).toHaveLength(1)
})

test('a press excuses the mailbox from waiting for one sign, and every notice is still marked', async () => {
  const email = 'presses@example.com'
  for (const sign of [TRAP, { message: LINKS }]) {
    const pressed = await send('inquiry', email, sign)
    await releaseSubmission(database(), pressed.reference, visitor, config)
    const later = await send('demo', email, sign)
    expect(await verdictOf(later.submissionId)).toBe('accepted')
    expect(await fateOf(later.submissionId)).toBe('coming')
    expect(await warningsIn(later.submissionId)).toMatch(/may be spam: /)
    await query('delete from mail_grants')
  }
  // Both signs together are for support to judge.
  const both = await send('inquiry', email, { message: LINKS, ...TRAP })
  expect(await verdictOf(both.submissionId)).toBe('held')
  await releaseSubmission(database(), both.reference, support, config)
  const again = await send('demo', email, { message: LINKS, ...TRAP })
  expect(await verdictOf(again.submissionId)).toBe('accepted')
})

test('two inquiries, the demo, then a trial: the confirmation comes, and its resends until their own limit', async () => {
  for (const form of ['inquiry', 'inquiry', 'demo'] as const) await send(form, 'busy@example.com')
  const { submissionId } = await send('trial', 'busy@example.com')
  expect(await fateOf(submissionId)).toBe('coming')
  const fourth = await send('inquiry', 'busy@example.com')
  expect(await fateOf(fourth.submissionId)).toBe('withheld')
  expect(await warningsIn(fourth.submissionId)).toMatch(/No reply was sent: 3 mails of this kind/)
  const [{ id }] = await query('select id from trials where submission_id = $1', submissionId)
  const asking = { own: [submissionId], proved: false, network: 'home' }
  for (let press = 0; press < 2; press++) expect(await resendConfirmation(id, asking)).toBe(true)
  expect(await resendConfirmation(id, asking)).toBe(false)
})

test('the confirmation comes after three acknowledgements, from another network and in another spelling too', async () => {
  for (const form of ['inquiry', 'inquiry', 'demo'] as const)
    await send(form, 'jane.roe@gmail.com', {}, 'office')
  const trial = await send('trial', 'janeroe@gmail.com', {}, 'phone')
  expect(await fateOf(trial.submissionId)).toBe('coming')
})

test('a mailbox that strangers write to gets three confirmations, by whatever tag and network', async () => {
  const fates = []
  for (let n = 0; n < 5; n++) {
    const { submissionId } = await send('trial', `victim+${n}@example.com`, {}, `net ${n}`)
    fates.push(await fateOf(submissionId))
  }
  expect(fates).toEqual(['coming', 'coming', 'coming', 'withheld', 'withheld'])
})

test('a running trial: the way to sign in comes after three acknowledgements that strangers caused', async () => {
  const { id, submissionId, email } = await startedTrial()
  await query('delete from mail_grants')
  for (let n = 0; n < 3; n++) await send('demo', email, {}, `net ${n}`)
  await mailSignInLink(id, 'phone')
  expect((await readMailPromise(database(), submissionId, ['trial-access'])).fate).toBe('coming')
})

test('every state of a mail has its fate', async () => {
  const { submissionId } = await send('demo', 'states@example.com')
  const becomes = async (change: string) => {
    await query(`update mails set ${change} where submission_id = $1 and kind = 'demo-thanks'`, submissionId)
    return fateOf(submissionId)
  }
  expect(await becomes(`state = 'sending'`)).toBe('coming')
  expect(await becomes(`state = 'queued', attempts = 1`)).toBe('delayed')
  expect(await becomes(`state = 'queued', attempts = 0`)).toBe('coming')
  await query(`insert into mail_server_state (id, state) values (1, 'unreachable')`)
  expect(await fateOf(submissionId)).toBe('delayed')
  await query(`update mail_server_state set state = 'ok'`)
  await query(`update workers set seen_at = now() - interval '1 hour'`)
  const uptime = vi.spyOn(process, 'uptime').mockReturnValue(3600)
  expect(await fateOf(submissionId)).toBe('delayed')
  // A worker that stops in order leaves no heartbeat.
  await query('delete from workers')
  expect(await fateOf(submissionId)).toBe('delayed')
  // Site and worker start together.
  uptime.mockReturnValue(1)
  expect(await fateOf(submissionId)).toBe('coming')
  uptime.mockRestore()
  expect(await becomes(`state = 'sent', sent_at = now()`)).toBe('sent')
  expect(await becomes(`state = 'failed'`)).toBe('failed')
  expect(await becomes(`state = 'bounced'`)).toBe('failed')
  await query(`insert into suppressions values ('states@example.com', 'unsubscribed')`)
  const quiet = await send('demo', 'states@example.com')
  expect(await fateOf(quiet.submissionId)).toBe('withheld')
  const flagged = await send('demo', 'states@example.com', TRAP)
  await releaseSubmission(database(), flagged.reference, visitor, config)
  expect(await fateOf(flagged.submissionId)).toBe('withheld')
})

test('the way to sign in beyond its limit is not sent, and the page can say so', async () => {
  const { id, submissionId } = await startedTrial()
  const fate = async () => (await readMailPromise(database(), submissionId, ['trial-access'])).fate
  for (let press = 0; press < 2; press++) await mailSignInLink(id, 'home')
  expect(await fate()).toBe('coming')
  for (let press = 0; press < 3; press++) await mailSignInLink(id, 'home')
  expect(await fate()).toBe('withheld')
  const rows = await query(`select state from mails where trial_id = $1 and kind = 'trial-access'`, id)
  expect(rows.filter(({ state }) => state === 'suppressed')).toHaveLength(1)
})

test('the code of a mail that waits starts nothing', async () => {
  const { submissionId } = await send('trial', 'waits@example.com', TRAP)
  expect(await confirmByCode(submissionId, '4KX7MT')).toMatchObject({ outcome: 'wrong' })
})

test('the link was mailed: neither a mail that it replaces nor a request beyond the limit makes the page say that it was not', async () => {
  const { id, submissionId, reference } = await requestTrial()
  const fate = async () => (await readAccountMail(database(), submissionId)).fate
  const set = (kind: string, state: string) =>
    query(
      `update mails set state = $3, sent_at = case $3 when 'sent' then clock_timestamp() end
        where trial_id = $1 and kind = $2 and state = 'queued'`,
      id,
      kind,
      state,
    )
  const access = (link: string) =>
    orderTrial(database(), reference, { name: 'access', loginUrl: `https://app.example/${link}` }, 'support')
  await confirmTrial(trialToken(id, 1))
  expect(await fate()).toBe('coming')
  // The late mail was queued before the link came, and the link went out with the welcome.
  await mailSignInLink(id, 'home')
  await access('one')
  await set('trial-access', 'suppressed')
  expect(await fate()).toBe('coming')
  await set('trial-welcome', 'sent')
  expect(await fate()).toBe('sent')
  for (let press = 0; press < 4; press++) await mailSignInLink(id, 'home')
  await set('trial-access', 'suppressed')
  expect(await fate()).toBe('sent')
  // A later link is not in the welcome.
  await access('two')
  expect(await fate()).toBe('coming')
  await set('trial-access', 'failed')
  expect(await fate()).not.toBe('sent')
})
