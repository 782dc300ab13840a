import { expect, test, vi } from 'vitest'
import { parseConfig } from '#lib/config'
import { Client } from '#lib/db/client'
import { database } from '#lib/db/connection'
import { capture } from '#lib/leads/capture'
import { trialToken } from '#lib/leads/trial-token'
import { trialCode } from '#lib/trials/code'
import { confirmByCode, confirmTrial } from '#lib/trials/confirm'
import { announceEndpoint } from '#lib/webhooks/endpoint'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const query = givenOwnDatabase()
const config = parseConfig({
  WEBHOOK_URL: 'https://x.example/',
  WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 's').toString('base64')}`,
})

let people = 0
async function request() {
  const values = { name: 'Jane Roe', email: `trips${++people}@example.com`, company: 'X', terms: true }
  const stored = await capture(database().$client, { form: 'trial', values, attribution: {} }, config)
  if (stored.outcome === 'conflict') throw new Error('a new request was expected')
  const { submissionId } = stored
  const [{ id }] = await query('select id from trials where submission_id = $1', submissionId)
  await query(`update mails set state = 'sent', code_issue = 1 where trial_id = $1`, id)
  return { id: id as string, submissionId }
}

/** How many statements the service sends to the database: a round trip each. */
async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const sent = vi.spyOn(Client.prototype, 'query')
  try {
    await work()
    // Without the worker's wake-up, which an earlier submission may send meanwhile on another connection.
    return sent.mock.calls.filter(([statement]) => !JSON.stringify(statement).includes('pg_notify')).length
  } finally {
    sent.mockRestore()
  }
}

test.each([
  ['by link', ({ id }) => confirmTrial(trialToken(id, 1))],
  ['by code', ({ id, submissionId }) => confirmByCode(submissionId, trialCode(id, 1), { network: 'n' })],
  ['with a wrong code', ({ submissionId }) => confirmByCode(submissionId, '333333', { network: 'n' })],
] satisfies [string, (trial: { id: string; submissionId: string }) => Promise<unknown>][])(
  'confirming %s takes four round trips, with transaction, events, webhook, mails and limits',
  async (how, confirm) => {
    await announceEndpoint(database(), config)
    const trial = await request()
    expect(await countStatements(() => confirm(trial))).toBeLessThanOrEqual(4)
    const kinds = await query(
      `select kind from events where submission_id = $1 and kind like 'trial-%' order by id`,
      trial.submissionId,
    )
    const started = how === 'with a wrong code' ? [] : [{ kind: 'trial-confirmed' }, { kind: 'trial-active' }]
    expect(kinds).toEqual([{ kind: 'trial-requested' }, ...started])
    const welcome = `select round(extract(epoch from not_before - created_at))::int as seconds
      from mails where trial_id = $1 and kind = 'trial-welcome'`
    expect(await query(welcome, trial.id)).toEqual(started.length ? [{ seconds: 45 }] : [])
    const webhooks = `select data->>'state' as state from webhooks where trial_id = $1 and type = 'trial.confirmed'`
    expect(await query(webhooks, trial.id)).toEqual(started.length ? [{ state: 'active' }] : [])
  },
)
