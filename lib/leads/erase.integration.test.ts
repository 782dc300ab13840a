import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { SAMPLE } from '#lib/demo/film'
import { recordView } from '#lib/demo/view'
import { capture } from '#lib/leads/capture'
import { eraseOldLeads } from '#lib/leads/erase'
import { trialToken } from '#lib/leads/trial-token'
import { unsubscribe, unsubscribeToken } from '#lib/leads/unsubscribe'
import { confirmTrial } from '#lib/trials/confirm'
import { moveTrialSql } from '../../e2e/stack/move-trial.ts'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const query = givenOwnDatabase()

/** A person who requested a trial and was last seen eleven days ago. */
async function lastSeenLongAgo(email: string) {
  const values = { name: 'Jane Roe', email, company: 'Desert Spine', terms: true }
  const stored = await capture(
    database().$client,
    { form: 'trial', values, attribution: {} },
    parseConfig({}),
  )
  if (stored.outcome === 'conflict') throw new Error('a new request was expected')
  const [trial] = await query('select id, lead_id from trials where submission_id = $1', stored.submissionId)
  const watcher = { submissionId: stored.submissionId, leadId: trial.lead_id }
  await recordView(database(), watcher, { spans: '0-10', position: 10, duration: 72 }, SAMPLE)
  await query(`update leads set seen_at = now() - interval '11 days' where id = $1`, trial.lead_id)
  return { id: trial.id as string, leadId: trial.lead_id as string }
}

test('an old lead is erased with all its rows, except the suppression of its address', async () => {
  const { leadId } = await lastSeenLongAgo('closed@example.com')
  await unsubscribe(unsubscribeToken(leadId))
  expect(await eraseOldLeads(database(), 12)).toBe(0)
  expect(await eraseOldLeads(database(), 10)).toBe(1)
  const tables = await query(`select table_name as name from information_schema.columns
    where column_name = 'lead_id' and table_schema = 'public'`)
  expect(tables.length).toBeGreaterThan(5)
  for (const { name } of tables)
    expect(await query(`select from ${name} where lead_id = $1`, leadId), name).toEqual([])
  expect(await query('select from leads where id = $1', leadId)).toEqual([])
  expect(await query('select reason from suppressions')).toEqual([{ reason: 'unsubscribed' }])
})

test('a lead with a running trial is not erased, however long ago it was seen', async () => {
  const { id, leadId } = await lastSeenLongAgo('running@example.com')
  await confirmTrial(trialToken(id, 1))
  expect(await eraseOldLeads(database(), 10)).toBe(0)
  await query(moveTrialSql(`state = 'cancelled'`, 't.id = $1'), id)
  expect(await eraseOldLeads(database(), 10)).toBe(1)
  expect(await query('select from leads where id = $1', leadId)).toEqual([])
})
