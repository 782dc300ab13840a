import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { mails } from '#lib/db/schema'
import { parseEmail } from '#lib/forms/email'
import type { FormName } from '#lib/forms/forms'
import { sweep } from '#lib/jobs/sweep'
import { capture } from '#lib/leads/capture'
import { trialToken } from '#lib/leads/trial-token'
import { readLetter } from '#lib/letters/letter'
import { readMailPromise } from '#lib/mail/promise'
import { confirmTrial } from '#lib/trials/confirm'
import { correctAddress } from '#lib/trials/correct'
import { countResends, resendConfirmation } from '#lib/trials/resend'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const query = givenOwnDatabase()
const config = parseConfig({})

// Each test has its own networks and mailboxes; grants of other tests must not count against the cap for all.
beforeEach(() => query('delete from mail_grants'))

async function store(email: string, network: string | undefined, form: FormName = 'demo', settings = config) {
  const values = { name: 'Jane Roe', email, company: 'Desert Spine', message: 'Hello', terms: true }
  const arrival = { form, values, attribution: {}, key: randomUUID(), network }
  const stored = await capture(database().$client, arrival, settings)
  if (stored.outcome === 'conflict') throw new Error('a new key has no conflict')
  return stored.submissionId
}
const replies = (where: string, ...values: unknown[]) =>
  query(
    `select state, last_error, data->'capped' as capped from mails
    where kind in ('demo-thanks', 'inquiry-received', 'trial-confirm') and ${where} order by created_at`,
    ...values,
  )
const many = <Result>(times: number, act: (n: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: times }, (_, n) => act(n)))
const age = (interval: string) => query(`update mail_grants set at = at - $1::interval`, interval)
const trialOf = async (submissionId: string) =>
  (await query('select id, lead_id as "leadId" from trials where submission_id = $1', submissionId))[0]

test('a mailbox is the same under every tag, in every case and in both forms of its domain', () => {
  const mailboxOf = (email: string) => parseEmail(email)?.mailbox
  for (const email of [
    'Victim@Bücher.example',
    'victim+1@bücher.example',
    'VICTIM+a+b@xn--bcher-kva.example',
  ])
    expect(mailboxOf(email)).toBe('victim@xn--bcher-kva.example')
  expect(mailboxOf('v.i.c+x@googlemail.com')).toBe('vic@gmail.com')
  // Elsewhere dots and hyphens are parts of a name.
  expect(mailboxOf('mary-jane.roe@example.org')).toBe('mary-jane.roe@example.org')
  expect(parseEmail('victim+1@example.org')?.canonical).toBe('victim+1@example.org')
})

test('a hundred posts at once to one mailbox, by tags, forms and networks: three mails of each class', async () => {
  const forms = ['demo', 'trial', 'inquiry'] as const
  await many(100, (n) => store(`Victim+${n}@Example.org`, `net ${n}`, forms[n % 3]))
  const rows = await replies(`recipient like 'Victim+%'`)
  expect(rows.filter(({ state }) => state === 'queued')).toHaveLength(6)
  expect(rows.filter(({ last_error }) => /^3 mails/.test(last_error))).toHaveLength(94)
  expect(
    await query(
      'select kind, count(*)::int from mail_grants where mailbox is not null group by 1 order by 1',
    ),
  ).toEqual([
    { kind: 'confirm', count: 3 },
    { kind: 'reply', count: 3 },
  ])
})

test('resends and corrections count by mailbox, too', async () => {
  const one = await store('box@example.com', 'office', 'trial')
  const other = await store('elsewhere@example.com', 'office', 'trial')
  await correctAddress(other, 'box+other@example.com', [], config, 'office')
  const { id } = await trialOf(one)
  await resendConfirmation(id, { own: [], proved: false, network: 'office' })
  await resendConfirmation(id, { own: [], proved: false, network: 'office' })
  const rows = await replies(`recipient like 'box%'`)
  expect(rows.map(({ state }) => state)).toEqual(['queued', 'queued', 'queued', 'suppressed'])
})

test('one network: 30 in an hour and 100 in a day to unproven mailboxes, one alarm, and others go on', async () => {
  await many(60, (n) => store(`many${n}@example.com`, 'flood'))
  const rows = await replies(`recipient like 'many%@example.com'`)
  expect(rows.filter(({ state }) => state === 'queued')).toHaveLength(30)
  expect(rows.filter(({ capped }) => capped)).toHaveLength(30)
  await store('other@example.com', 'another network')
  expect(await replies(`recipient = 'other@example.com'`)).toMatchObject([{ state: 'queued', capped: null }])
  for (let hour = 0; hour < 3; hour++) {
    await age('61 minutes')
    await many(40, (n) => store(`many${hour}.${n}@example.com`, 'flood'))
  }
  const all = await replies(`recipient like 'many%@example.com' and state = 'queued'`)
  expect(all).toHaveLength(100)
  // One alarm each hour.
  expect(await query(`select state from mails where kind = 'alarm'`)).toHaveLength(4)
  await age('24 hours')
  await sweep(database(), 730)
  expect(await query('select 1 from mail_grants')).toHaveLength(0)
})

test('all networks together: about 300 in an hour', async () => {
  // Ten at a time: no lock covers all networks, so only requests at the same moment go beyond the cap.
  for (let round = 0; round < 33; round++)
    await many(10, (n) => store(`all${round}-${n}@example.com`, `all ${round} ${n}`))
  const rows = await replies(`recipient like 'all%@example.com' and state = 'queued'`)
  expect(rows.length).toBeGreaterThanOrEqual(300)
  expect(rows.length).toBeLessThan(310)
})

test('a proven mailbox gets its mail beyond a cap, and nothing that a page shows tells it from others', async () => {
  const submissionId = await store('proven@example.com', 'flood', 'trial')
  const { id } = await trialOf(submissionId)
  await confirmTrial(trialToken(id, 1))
  // Mails sent before the proof no longer count: 30 more are allowed.
  await many(40, (n) => store(`stranger${n}@example.com`, 'flood'))
  expect(await replies(`recipient like 'stranger%' and state = 'queued'`)).toHaveLength(30)
  const [known, unknown] = [
    await store('proven@example.com', 'flood'),
    await store('new@example.com', 'flood'),
  ]
  expect(await replies(`submission_id = $1`, known)).toMatchObject([{ state: 'queued', capped: true }])
  expect(await replies(`submission_id = $1`, unknown)).toMatchObject([{ state: 'suppressed', capped: true }])
  for (const each of [known, unknown]) expect((await readMailPromise(database(), each)).fate).toBe('doubtful')
})

test('a withheld confirmation can be sent later, and the notice says why it was withheld', async () => {
  await many(30, (n) => store(`before${n}@example.com`, 'busy'))
  const submissionId = await store('late@example.com', 'busy', 'trial')
  const trial = await trialOf(submissionId)
  const asking = { own: [submissionId], proved: false, network: 'busy' }
  for (let press = 0; press < 4; press++) expect(await resendConfirmation(trial.id, asking)).toBe(true)
  expect(await replies('submission_id = $1 and state = $2', submissionId, 'queued')).toHaveLength(0)
  expect((await readMailPromise(database(), submissionId)).fate).toBe('doubtful')

  const [row] = await database().select().from(mails).where(eq(mails.submissionId, submissionId)).limit(1)
  const notice = await readLetter(
    database(),
    { ...(row as typeof mails.$inferSelect), kind: 'support-notice' },
    config,
  )
  expect((notice.props as { warnings: string[] }).warnings).toEqual([
    expect.stringMatching(/^No reply was sent: Too many replies .* from one network\.$/),
  ])

  await age('61 minutes')
  expect(await countResends(database(), { submissionId, leadId: trial.leadId }, asking)).toBe(3)
  expect(await resendConfirmation(trial.id, asking)).toBe(true)
  expect(await replies('submission_id = $1 and state = $2', submissionId, 'queued')).toHaveLength(1)
  await query('insert into workers (id) values (gen_random_uuid())')
  expect((await readMailPromise(database(), submissionId)).fate).toBe('coming')
})

test('with RATE_LIMIT=off only the limit of the mailbox holds', async () => {
  const off = parseConfig({ RATE_LIMIT: 'off' })
  await many(60, (n) => store(`off${n}@example.com`, 'load', 'demo', off))
  await many(5, (n) => store(`offbox+${n}@example.com`, 'load', 'demo', off))
  expect(await replies(`recipient like 'off%' and state = 'queued'`)).toHaveLength(63)
  expect(
    await query(
      `select 1 from mails m join leads l on l.id = m.lead_id where l.email like 'off%' and folded`,
    ),
  ).toEqual([])
})

test('a repeated key is not counted', async () => {
  const values = { name: 'Jane Roe', email: 'again@example.com', company: 'Desert Spine' }
  const arrival = { form: 'demo' as const, values, attribution: {}, key: randomUUID(), network: 'again' }
  await many(20, () => capture(database().$client, arrival, config))
  expect(await query('select kind from mail_grants order by kind')).toEqual([
    { kind: 'notice' },
    { kind: 'reply' },
  ])
})
