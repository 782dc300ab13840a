import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { capture } from '#lib/leads/capture'
import { trialToken } from '#lib/leads/trial-token'
import { runTrialClock } from '#lib/trials/clock'
import { trialCode } from '#lib/trials/code'
import { confirmByCode, confirmTrial } from '#lib/trials/confirm'
import { correctAddress } from '#lib/trials/correct'
import { orderTrial } from '#lib/trials/orders'
import { resendConfirmation } from '#lib/trials/resend'
import { OrderRefused } from '#lib/trials/transitions'
import { moveTrialSql } from '../../e2e/stack/move-trial.ts'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

/**
 * Random sequences of actions by visitor, clock, support and product: a trial's events are always an unbroken chain of
 * allowed transitions.
 */
const config = parseConfig({})
const DAY = 86_400_000
let people = 0
const query = givenOwnDatabase()

type Trial = { id: string; submissionId: string; reference: string }
async function request(): Promise<Trial> {
  const email = `sequence${++people}@example.com`
  const values = { name: 'Jane Roe', email, company: 'Desert Spine', terms: true }
  const stored = await capture(database().$client, { form: 'trial', values, attribution: {} }, config)
  if (stored.outcome === 'conflict') throw new Error('a new request was expected')
  const [{ id }] = await query('select id from trials where submission_id = $1', stored.submissionId)
  return { ...stored, id }
}

/** Which change may follow which, from the specification and not from the code. */
const EDGES: Record<string, string[]> = {
  'trial-requested': ['trial-confirmed', 'trial-abandoned', 'trial-cancelled'],
  'trial-abandoned': ['trial-requested', 'trial-cancelled'],
  'trial-confirmed': ['trial-active', 'trial-cancelled'],
  'trial-active': ['trial-ending', 'trial-converted', 'trial-cancelled', 'trial-extended'],
  'trial-extended': ['trial-ending', 'trial-converted', 'trial-cancelled', 'trial-extended'],
  'trial-ending': ['trial-expired', 'trial-converted', 'trial-cancelled', 'trial-extended'],
  'trial-expired': ['trial-converted', 'trial-extended'],
  // Support may extend a trial that was canceled while it ran.
  'trial-cancelled': ['trial-extended'],
  'trial-converted': [],
}

const actions: Record<string, (trial: Trial, days: number) => Promise<unknown>> = {
  link: ({ id }) => confirmTrial(trialToken(id, 1)),
  'newest link': async ({ id }) => {
    const [{ token_issue: issue }] = await query('select token_issue from trials where id = $1', id)
    return confirmTrial(trialToken(id, issue))
  },
  'two links at once': ({ id }) => Promise.all([1, 1].map((issue) => confirmTrial(trialToken(id, issue)))),
  code: async ({ id, submissionId }) => {
    await query(
      `update mails set state = 'sent', code_issue = 1 where trial_id = $1 and kind = 'trial-confirm'`,
      id,
    )
    return confirmByCode(submissionId, trialCode(id, 1))
  },
  'wrong code': ({ submissionId }) => confirmByCode(submissionId, '333333'),
  resend: ({ id }) => resendConfirmation(id, { own: [], proved: false }),
  'correct address': ({ submissionId }) =>
    correctAddress(submissionId, `corrected${++people}@example.com`, [], config),
  clock: (_, days) => runTrialClock(database(), config, new Date(Date.now() + days * DAY)),
  convert: ({ reference }) => orderTrial(database(), reference, { name: 'convert' }, 'product'),
  cancel: ({ reference }) => orderTrial(database(), reference, { name: 'cancel' }, 'support'),
  extend: ({ reference }, days) =>
    orderTrial(database(), reference, { name: 'extend', days: days || 1 }, 'support'),
}

/** The events of a trial are a chain of allowed changes, each with its cause, that ends in the trial's state. */
async function checkEventChain(id: string): Promise<void> {
  const events = await query(
    `select kind, data from events where kind like 'trial-%' and data->>'trial' = $1 order by id`,
    id,
  )
  expect(events[0].kind).toBe('trial-requested')
  for (const [at, { kind, data }] of events.entries()) {
    expect(['visitor', 'clock', 'support', 'product']).toContain(data.cause)
    const before = events[at - 1]
    if (!before) continue
    expect(EDGES[before.kind], `${before.kind} → ${kind}`).toContain(kind)
    expect(data.from).toBe(before.data.to)
  }
  const [now] = await query('select state, starts_at, ends_at from trials where id = $1', id)
  expect(now.state).toBe(events.at(-1).data.to)
  const begun = events.some(({ kind }) => kind === 'trial-active')
  expect([now.starts_at !== null, now.ends_at !== null]).toEqual([begun, begun])
}

test('after any actions in any order, the events are a chain of allowed changes with their causes', async () => {
  const step = fc.record({
    action: fc.constantFrom(...Object.keys(actions)),
    days: fc.constantFrom(0, 1, 3, 11, 12, 14, 15, 40),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const trial = await request()
      for (const { action, days } of steps)
        await actions[action]?.(trial, days).catch((error) => {
          if (!(error instanceof OrderRefused)) throw error
        })
      await checkEventChain(trial.id)
      // The clock visits all unfinished trials, so each one is ended here to keep later runs fast.
      await actions.cancel?.(trial, 0).catch((error) => {
        if (!(error instanceof OrderRefused)) throw error
      })
    }),
    { numRuns: 120 },
  )
})

test('any SQL written by hand leaves a chain of allowed changes, or is refused', async () => {
  const states = Object.keys(EDGES).map((kind) => kind.slice('trial-'.length))
  const write = fc.record({
    state: fc.constantFrom(...states.filter((state) => state !== 'extended')),
    dates: fc.constantFrom(
      '',
      ', starts_at = now()',
      ', ends_at = now()',
      ", starts_at = now(), ends_at = now() + interval '14 days'",
      ", ends_at = ends_at + interval '7 days'",
    ),
    /** Whether its event is written with it. */
    recorded: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 12 }), async (writes) => {
      const { id } = await request()
      for (const { state, dates, recorded } of writes) {
        const set = `state = '${state}'${dates}`
        const kind = state === 'active' && dates.includes('ends_at + ') ? 'extended' : undefined
        const statement = recorded
          ? moveTrialSql(set, 't.id = $1', kind)
          : `update trials set ${set} where id = $1`
        await query(statement, id).catch((error) => {
          if (!/^(TS00[13]|23514)$/.test(error.code)) throw error
        })
      }
      await checkEventChain(id)
    }),
    { numRuns: 200 },
  )
})
