import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { SAMPLE } from '#lib/demo/film'
import { readWatcher, type Watcher } from '#lib/demo/may-watch'
import { FILM_SECONDS } from '#lib/demo/scenes'
import { readResume, recordView, reportSchema, type ViewReport } from '#lib/demo/view'
import { capture } from '#lib/leads/capture'
import { afterForm, readVisit, visitToken } from '#lib/leads/visitor'
import { watchPass } from '#lib/leads/watch-pass'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const query = givenOwnDatabase()

const cookieOf = (submissionId: string) => visitToken(afterForm(undefined, 'demo', submissionId))

/** A person who filled out the form and began to watch some seconds ago. */
async function watcher(email: string, secondsAgo = 600, name = 'Jane Roe'): Promise<Watcher> {
  const values = { name, email, company: 'Desert Spine' }
  const stored = await capture(database().$client, { form: 'demo', values, attribution: {} }, parseConfig({}))
  if (stored.outcome === 'conflict') throw new Error('a new request was expected')
  const found = await readWatcher(readVisit(cookieOf(stored.submissionId)), undefined)
  if (!found) throw new Error('the cookie opens nothing')
  await report(found, '')
  const began = 'update demo_views set began_at = now() - make_interval(secs => $2) where submission_id = $1'
  await query(began, stored.submissionId, secondsAgo)
  return found
}

const report = (who: Watcher, spans: string, more: Partial<ViewReport> = {}, film = SAMPLE) =>
  recordView(database(), who, { spans, position: 10, duration: FILM_SECONDS, ...more }, film)
const quarters = async ({ submissionId }: Watcher) =>
  (
    await query(
      `select data->'percent' as percent from events where kind = 'demo-watched' and submission_id = $1 order by id`,
      submissionId,
    )
  ).map(({ percent }) => percent)

test('seconds seen count, each once: not the position reached, not what is played again', async () => {
  const who = await watcher('seen@example.com')
  await report(who, '0-1,70-72', { position: 72 })
  expect(await quarters(who)).toEqual([])
  for (let again = 0; again < 5; again++) await report(who, '0-10')
  expect(await quarters(who)).toEqual([])
  await report(who, '5-18')
  expect(await quarters(who)).toEqual([25])
  await report(who, '0-71')
  await report(who, '0-72')
  expect(await quarters(who)).toEqual([25, 50, 75, 100])
})

test('reports at once make each quarter one event', async () => {
  const who = await watcher('at-once@example.com')
  await Promise.all(Array.from({ length: 8 }, () => report(who, '0-40')))
  expect(await quarters(who)).toEqual([25, 50])
})

test('what can’t have been seen yet is not counted, nor a made-up length', async () => {
  const who = await watcher('hurry@example.com', 5)
  await report(who, '0-72')
  expect(await quarters(who)).toEqual([])
  await report(who, '0-20', { duration: 20 })
  expect(await quarters(who)).toEqual([25])
  const [{ position }] = await query(
    'select position from demo_views where submission_id = $1',
    who.submissionId,
  )
  expect(position).toBe(10)
})

test('another film starts from zero, with its own length and position', async () => {
  const who = await watcher('another@example.com')
  await report(who, '0-72')
  expect(await quarters(who)).toEqual([25, 50, 75, 100])
  expect(await readResume(database(), who, 'new')).toBeUndefined()
  await report(who, '0-15', { duration: 600, position: 500 }, 'new')
  expect(await quarters(who)).toEqual([25, 50, 75, 100])
  expect(await readResume(database(), who, 'new')).toMatchObject({ position: 500 })
  expect(await readResume(database(), who, SAMPLE)).toBeUndefined()
})

test('two requests of one person count together: seconds add up, and each quarter is one event', async () => {
  const first = await watcher('twice@example.com')
  await report(first, '0-30')
  const second = await watcher('twice@example.com', 600, 'Jane R.')
  expect(second.submissionId).not.toBe(first.submissionId)
  await report(second, '0-20')
  expect([await quarters(first), await quarters(second)]).toEqual([[25], []])
  await report(second, '30-60')
  expect([await quarters(first), await quarters(second)]).toEqual([[25], [50, 75]])
})

test('a video elsewhere has the length of its first report', async () => {
  const who = await watcher('elsewhere@example.com')
  await query(
    `update demo_views set film = 'theirs', duration = 400 where submission_id = $1`,
    who.submissionId,
  )
  await report(who, '0-110', { duration: 110 }, 'theirs')
  expect(await quarters(who)).toEqual([25])
})

test('a pass opens the demo of its submission and reveals nothing; another token does not', async () => {
  const { submissionId, leadId } = await watcher('pass@example.com')
  expect(await readWatcher(undefined, watchPass(submissionId))).toEqual({ submissionId, leadId })
  expect(await readWatcher(undefined, cookieOf(submissionId))).toBeUndefined()
  expect(await readWatcher(readVisit('x'), 'y')).toBeUndefined()
})

test('a report is what our player sends, or it is refused', () => {
  const good = { spans: '0-12,30-41', position: 41, duration: 72 }
  expect(reportSchema.safeParse(good).success).toBe(true)
  for (const bad of [
    { ...good, spans: '0-12;' },
    { ...good, spans: 12 },
    { ...good, position: -1 },
    { ...good, duration: 1e9 },
  ])
    expect(reportSchema.safeParse(bad).success).toBe(false)
})
