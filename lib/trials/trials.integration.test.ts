import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { NEXT_STATES, TRIAL_STATES, type TrialState } from '#lib/db/trial-states'
import { capture } from '#lib/leads/capture'
import { trialToken } from '#lib/leads/trial-token'
import { findReasonsToWithhold } from '#lib/letters/withhold'
import { allowanceRequest } from '#lib/mail/allowance'
import { runTrialClock } from '#lib/trials/clock'
import { trialCode } from '#lib/trials/code'
import { confirmByCode, confirmTrial } from '#lib/trials/confirm'
import { findTrial } from '#lib/trials/find'
import { orderTrial } from '#lib/trials/orders'
import { countResends, resendConfirmation } from '#lib/trials/resend'
import { extendTrial, moveTrial, OrderRefused } from '#lib/trials/transitions'
import { runTrialCommand } from '#lib/trials/trial-command'
import { moveTrialSql } from '../../e2e/stack/move-trial.ts'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const config = parseConfig({})
const DAY = 86_400_000
let people = 0

const query = givenOwnDatabase()

async function request(email = `person${++people}@example.com`, name = 'Jane Roe') {
  const values = { name, email, company: 'Desert Spine', terms: true }
  const stored = await capture(database().$client, { form: 'trial', values, attribution: {} }, config)
  if (stored.outcome === 'conflict') throw new Error('a new request was expected')
  const [row] = await query('select id from trials where submission_id = $1', stored.submissionId)
  return { id: row.id as string, reference: stored.reference, submissionId: stored.submissionId, email }
}
const stateOf = async (id: string) => (await query('select state from trials where id = $1', id))[0].state
/** Marks the confirmation with the current code as sent, as the worker does when the mail server accepted it. */
const delivered = (id: string) =>
  query(
    `update mails m set state = 'sent', code_issue = t.token_issue from trials t
      where t.id = m.trial_id and t.id = $1 and m.kind = 'trial-confirm'`,
    id,
  )
const asking = { own: [], proved: false }
const rowOf = async (id: string) => {
  const [{ submission_id, lead_id }] = await query(
    'select submission_id, lead_id from trials where id = $1',
    id,
  )
  return { submissionId: submission_id as string, leadId: lead_id as string }
}
const mailsOf = (id: string, kind: string) =>
  query('select id, state, data from mails where trial_id = $1 and kind = $2 order by created_at', id, kind)
const startedAt = async (id: string) =>
  (await query('select starts_at, ends_at from trials where id = $1', id))[0] as {
    starts_at: Date
    ends_at: Date
  }

async function running(days = 14) {
  const trial = await request()
  await query('update trials set days = $2 where id = $1', trial.id, days)
  await confirmTrial(trialToken(trial.id, 1))
  return { ...trial, ...(await startedAt(trial.id)) }
}
const pass = (trial: { ends_at: Date }, daysBefore: number) =>
  runTrialClock(database(), config, new Date(trial.ends_at.getTime() - daysBefore * DAY))

const NEXT: Record<TrialState, TrialState[]> = {
  requested: ['confirmed', 'abandoned', 'cancelled'],
  abandoned: ['requested', 'cancelled'],
  confirmed: ['active', 'cancelled'],
  active: ['ending', 'converted', 'cancelled'],
  ending: ['expired', 'converted', 'cancelled'],
  expired: ['converted'],
  converted: [],
  cancelled: [],
}
const states = Object.keys(NEXT) as TrialState[]

test('no sequence of moves and extensions reaches a state out of order, and each change is one event', async () => {
  const step = fc.oneof(fc.constantFrom(...states), fc.constant('extend' as const))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { id } = await request()
      let state: TrialState = 'requested'
      let events = 1
      let begun = false
      for (const to of steps) {
        // A trial that was canceled while it ran is resumed by extending it.
        const started = begun && state !== 'converted'
        // 'active' needs dates, which beginTrial() sets; moveTrial() alone must be refused.
        const allowed = to === 'extend' ? started : to !== 'active' && NEXT[state].includes(to)
        const same = to === state
        const moved = await database()
          .transaction((tx) =>
            to === 'extend' ? extendTrial(tx, id, 3, 'support') : moveTrial(tx, id, to, 'support'),
          )
          .then(
            () => true,
            (error) => {
              if (!(error instanceof OrderRefused)) throw error
              return false
            },
          )
        expect(moved).toBe(allowed || same)
        if (allowed && !same) {
          state = to === 'extend' ? 'active' : to
          events++
        }
        if (state === 'confirmed') {
          const dates = `starts_at = now(), ends_at = now() + interval '14 days'`
          await query(moveTrialSql(`state = 'active', ${dates}`, 't.id = $1'), id)
          state = 'active'
          begun = true
          events++
        }
        expect(await stateOf(id)).toBe(state)
      }
      const chain = await query(`select data from events where data->>'trial' = $1 order by id`, id)
      expect(chain).toHaveLength(events)
      for (let at = 1; at < chain.length; at++) expect(chain[at].data.from).toBe(chain[at - 1].data.to)
    }),
    { numRuns: 60 },
  )
})

test('two confirmations at once, by link and by code, start it once with one set of mails', async () => {
  const { id, submissionId } = await request()
  await delivered(id)
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

test('a code has five wrong tries, also concurrent ones; then only a new code is valid', async () => {
  const { id, submissionId } = await request()
  await delivered(id)
  const right = trialCode(id, 1)
  const wrong = right === '333333' ? '444444' : '333333'
  expect(await confirmByCode(submissionId, 'hello')).toEqual({ outcome: 'malformed' })
  const answers = await Promise.all(Array.from({ length: 9 }, () => confirmByCode(submissionId, wrong)))
  expect(answers.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(4)
  expect(answers.filter(({ outcome }) => outcome === 'exhausted')).toHaveLength(5)
  expect(await confirmByCode(submissionId, right)).toEqual({ outcome: 'exhausted' })
  expect(await resendConfirmation(id, asking)).toBe(true)
  await delivered(id)
  expect(await confirmByCode(submissionId, right)).toMatchObject({ outcome: 'wrong', left: 4 })
  expect(await confirmByCode(submissionId, trialCode(id, 2))).toEqual({ outcome: 'confirmed', submissionId })
})

test('link and code are used once, by either; then neither proves anything', async () => {
  const byLink = await running()
  await delivered(byLink.id)
  expect(await confirmTrial(trialToken(byLink.id, 1))).toBeUndefined()
  for (const typed of ['', 'hello', trialCode(byLink.id, 1)])
    expect(await confirmByCode(byLink.submissionId, typed)).toEqual({ outcome: 'already' })
  const byCode = await request()
  await delivered(byCode.id)
  expect(await confirmByCode(byCode.submissionId, trialCode(byCode.id, 1))).toMatchObject({
    outcome: 'confirmed',
  })
  expect(await confirmTrial(trialToken(byCode.id, 1))).toBeUndefined()
})

test('codes of one mailbox are tried ten times in 24 hours, over its requests, tags and resends', async () => {
  const first = await request('tagged@example.com')
  const second = await request('tagged+two@example.com')
  for (const { id } of [first, second]) await delivered(id)
  const wrong = (id: string) => (trialCode(id, 1) === '333333' ? '444444' : '333333')
  const answers = []
  for (const { id, submissionId } of [first, second])
    for (let tried = 0; tried < 5; tried++) answers.push(await confirmByCode(submissionId, wrong(id)))
  expect(answers.map((each) => ('left' in each ? each.left : each.outcome))).toEqual([
    ...[4, 3, 2, 1, 'exhausted'],
    ...[4, 3, 2, 1, 'exhausted'],
  ])
  const third = await request('Tagged+3@example.com')
  await delivered(third.id)
  const right = trialCode(third.id, 1)
  expect(await confirmByCode(third.submissionId, right)).toEqual({ outcome: 'refused', by: 'mailbox' })
  // A day later its tries are counted from zero again.
  await query(
    `update rate_limits set expire = extract(epoch from now()) * 1000 where key like 'code-mailbox:%'`,
  )
  expect(await confirmByCode(third.submissionId, right)).toMatchObject({ outcome: 'confirmed' })
  expect(JSON.stringify(await query('select key from rate_limits'))).not.toContain('tagged')
})

test('a mail that is being sent counts as sent, a queued one does not', async () => {
  const { id, submissionId } = await request()
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
  const first = await request()
  const second = await request(first.email, 'Jane Roe again')
  await Promise.all([confirmTrial(trialToken(first.id, 1)), confirmTrial(trialToken(second.id, 1))])
  const started = await query('select id from trials where id = any($1) and starts_at is not null', [
    first.id,
    second.id,
  ])
  expect(started).toHaveLength(1)
  for (const { id } of [first, second]) expect((await findTrial(trialToken(id, 1)))?.id).toBe(started[0].id)
})

test('an abandoned request stays abandoned if no mail is sent for it', async () => {
  const { id, email } = await request()
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

test('a resend has its limit, and an abandoned request is resumed', async () => {
  const { id } = await request()
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

test('sixteen days by the hour: each reminder once, also with two clocks', async () => {
  const trial = await running()
  for (let hour = 0; hour <= 16 * 24; hour += 1) {
    const before = 14 - hour / 24
    if (hour % 24) await pass(trial, before)
    else await Promise.all([pass(trial, before), pass(trial, before)])
  }
  const due = (await mailsOf(trial.id, 'trial-ending')).map(({ data }) => data.due.split('/')[1])
  expect(due).toEqual(['3d', '1d'])
  expect(await mailsOf(trial.id, 'trial-ended')).toHaveLength(1)
  expect(await stateOf(trial.id)).toBe('expired')
})

test('sixteen days with three days of outage, whenever it begins: nothing twice, nothing lost that is still true', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 13 * 24 }), async (down) => {
      const trial = await running()
      const ran: number[] = []
      for (let hour = 0; hour <= 16 * 24; hour += 4) {
        if (hour > down && hour < down + 72) continue
        // One second later, because the database's time has microseconds and Date has not.
        const left = 14 - hour / 24 - 1 / 86_400
        ran.push(left)
        await pass(trial, left)
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
    // Two cases that must always run: an outage from before the first reminder to the end, and to between the reminders.
    { numRuns: 8, examples: [[11 * 24 - 1], [9 * 24]] },
  )
})

test.each([
  { back: 2, expected: ['3d'], ended: 0 },
  { back: 0.5, expected: ['1d'], ended: 0 },
  { back: -1, expected: [], ended: 1 },
])(
  'after three days of outage, $back days before the end: only what is true then',
  async ({ back, expected, ended }) => {
    const trial = await running()
    await pass(trial, back + 3)
    const before = (await mailsOf(trial.id, 'trial-ending')).length
    await pass(trial, back)
    await pass(trial, back)
    const due = (await mailsOf(trial.id, 'trial-ending')).map(({ data }) => data.due.split('/')[1])
    expect(due.slice(before)).toEqual(expected)
    expect(await mailsOf(trial.id, 'trial-ended')).toHaveLength(ended)
  },
)

test('an extension brings its own reminders; a short trial has none about days it never had', async () => {
  const trial = await running()
  await pass(trial, 2.5)
  await orderTrial(database(), trial.reference, { name: 'extend', days: 7 }, 'support')
  const later = await startedAt(trial.id)
  await pass(later, 5)
  expect(await mailsOf(trial.id, 'trial-ending')).toHaveLength(1)
  await pass(later, 2.5)
  await pass(later, 0.5)
  expect(await mailsOf(trial.id, 'trial-ending')).toHaveLength(3)
  const short = await running(1)
  await pass(short, 0.9)
  await pass(short, -0.1)
  expect(await mailsOf(short.id, 'trial-ending')).toEqual([])
  expect(await mailsOf(short.id, 'trial-ended')).toHaveLength(1)
})

test('a queued reminder is withheld once it is unwanted or untrue', async () => {
  const withheld = async (change: (trial: Awaited<ReturnType<typeof running>>) => Promise<unknown>) => {
    const trial = await running()
    await pass(trial, 2.5)
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

test('the command carries out, explains and refuses', async () => {
  const run = (...words: string[]) => runTrialCommand(database(), words)
  const { reference, id } = await running()
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

test('a trial that was canceled runs again when support extends it; one that never started does not', async () => {
  const trial = await running()
  const run = (...words: string[]) => runTrialCommand(database(), words)
  expect((await run('cancel', trial.reference)).code).toBe(0)
  expect((await run('convert', trial.reference)).lines[0]).toContain('runs again when it is extended')
  expect((await run('extend', trial.reference, '7')).code).toBe(0)
  expect(await stateOf(trial.id)).toBe('active')
  const other = await request()
  expect((await run('extend', other.reference, '7')).lines[0]).toContain('the address is not confirmed yet')
  // If the person has another running trial, that one must be extended instead.
  await run('cancel', trial.reference)
  const second = await request(trial.email, 'Jane Roe again')
  await query(moveTrialSql(`state = 'confirmed'`, 't.id = $1'), second.id)
  expect((await run('extend', trial.reference, '7')).lines[0]).toContain(
    'another trial of this person is running',
  )
})

test('SQL by hand can’t bypass the triggers: no dates before the start, no event of a trial, no gap', async () => {
  const { id } = await request()
  const [{ lead_id: leadId }] = await query('select lead_id from trials where id = $1', id)
  const dates = `starts_at = now(), ends_at = now() + interval '14 days'`
  const event = (data: string) =>
    `insert into events (lead_id, kind, data) values ('${leadId}', 'trial-cancelled', '${data}')`
  for (const [past, code] of [
    [`update trials set ${dates} where id = '${id}'`, 'TS001'],
    [`update trials set state = 'confirmed', ${dates} where id = '${id}'`, 'TS001'],
    [`update trials set state = 'expired' where id = '${id}'`, 'TS001'],
    [event(`{"trial": "${id}"}`), 'TS003'],
    [event(`{"trial": "${id}", "from": "requested", "to": "cancelled", "cause": "visitor"}`), 'TS003'],
    [`update trials set state = 'cancelled' where id = '${id}'`, 'TS003'],
    [`update trials set state = 'active', ${dates} where id = '${id}'`, 'TS003'],
    [moveTrialSql(`state = 'active', ${dates}`, `t.id = '${id}'`), 'TS003'],
    [`delete from events where lead_id = '${leadId}' and kind = 'submitted'`, 'TS002'],
    [`update events set kind = 'seen' where lead_id = '${leadId}'`, 'TS002'],
  ] as const)
    await expect(query(past), past).rejects.toMatchObject({ code })
  expect(await stateOf(id)).toBe('requested')
})

test('the database allows the changes that the declaration of the states names, and no others', async () => {
  for (const from of TRIAL_STATES)
    for (const to of TRIAL_STATES)
      expect([from, to, (await query('select trial_may_become($1, $2) as may', from, to))[0].may]).toEqual([
        from,
        to,
        NEXT_STATES[from].includes(to),
      ])
})

test('a violated check constraint is an internal error, not a refused order', async () => {
  const { id } = await request()
  const moved = database().transaction((tx) => moveTrial(tx, id, 'cancelled', 'nobody' as 'support'))
  await expect(moved).rejects.toMatchObject({
    name: 'QueryFailed',
    code: '23514',
    constraint: 'trials_cause',
  })
})

test('the same key extends once', async () => {
  const trial = await running()
  const extend = () =>
    orderTrial(database(), trial.reference, { name: 'extend', days: 7 }, 'product', `k${trial.id}`)
  const [one, other] = await Promise.all([extend(), extend()])
  expect(one?.endsAt).toEqual(other?.endsAt)
  expect((await startedAt(trial.id)).ends_at.getTime() - trial.ends_at.getTime()).toBe(7 * DAY)
})
