import fc from 'fast-check'
import { expect, test } from 'vitest'
import { database } from '#lib/db/connection'
import { TRIAL_STATES, type TrialState } from '#lib/db/trial-states'
import { extendTrial, moveTrial, OrderRefused } from '#lib/trials/transitions'
import { moveTrialSql } from '../../e2e/stack/move-trial.ts'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'
import { requestTrial, stateOf } from '../../e2e/stack/trial-rows.ts'

const query = givenOwnDatabase()

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

test('no sequence of moves and extensions makes a forbidden change, and each change is one event', async () => {
  const step = fc.oneof(fc.constantFrom(...TRIAL_STATES), fc.constant('extend' as const))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { id } = await requestTrial()
      let state: TrialState = 'requested'
      let events = 1
      let begun = false
      for (const to of steps) {
        // Extending a trial that was canceled while it ran restarts it.
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
      const ledger = await query(`select data from events where data->>'trial' = $1 order by id`, id)
      expect(ledger).toHaveLength(events)
      for (let at = 1; at < ledger.length; at++) expect(ledger[at].data.from).toBe(ledger[at - 1].data.to)
    }),
    { numRuns: 60 },
  )
})

test('manual SQL cannot break the rules: no dates before the start, no forged event, no missing event', async () => {
  const { id } = await requestTrial()
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

test('the database allows exactly the changes that are listed here', async () => {
  for (const from of TRIAL_STATES)
    for (const to of TRIAL_STATES)
      expect([from, to, (await query('select trial_may_become($1, $2) as may', from, to))[0].may]).toEqual([
        from,
        to,
        NEXT[from].includes(to),
      ])
})

test('a violated check constraint is an internal error, not a refusal', async () => {
  const { id } = await requestTrial()
  const moved = database().transaction((tx) => moveTrial(tx, id, 'cancelled', 'nobody' as 'support'))
  await expect(moved).rejects.toMatchObject({
    name: 'QueryFailed',
    code: '23514',
    constraint: 'trials_cause',
  })
})
