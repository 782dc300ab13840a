import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { type Database, openDatabase } from '#lib/db/connection'
import { type Arrival, capture } from '#lib/leads/capture'
import { allowanceRequest } from '#lib/mail/allowance'
import { createDatabase } from '../../e2e/stack/postgres.ts'

const config = parseConfig({})
let db: Database
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await createDatabase()
  db = openDatabase(database.url, 20)
  drop = database.drop
})

afterAll(async () => {
  await db.$client.end()
  await drop()
})

const arrival = (email: string, more: Partial<Arrival> = {}): Arrival => ({
  form: 'demo',
  values: { name: 'Jane Roe', email, company: 'Desert Spine', phone: '(760) 334-5013' },
  attribution: {},
  ...more,
})
const store = (email: string, more: Partial<Arrival> = {}) =>
  capture(db.$client, arrival(email, more), config)
const query = async (text: string, ...values: unknown[]) => (await db.$client.query(text, values)).rows
const mailsTo = (email: string) =>
  query('select kind, state, last_error from mails where recipient = $1 order by created_at', email)

test('a rolled-back transaction leaves no submission and no mail', async () => {
  const client = await db.$client.connect()
  const before = await query('select count(*) from mails')
  await client.query('begin')
  expect(await capture(client, arrival('rolled@back.example'), config)).toMatchObject({ outcome: 'stored' })
  await client.query('rollback')
  client.release()
  expect(await query(`select 1 from leads where email_canonical = 'rolled@back.example'`)).toEqual([])
  expect(await query('select count(*) from mails')).toEqual(before)
})

test('a submission brings its lead, timeline, consent, and mails that are due', async () => {
  const key = randomUUID()
  const values = { ...arrival('whole@example.com').values, texts: true }
  const stored = await store('whole@example.com', {
    key,
    values,
    page: '/demo',
    attribution: { utm_source: 'x' },
  })
  expect(stored).toMatchObject({ outcome: 'stored', reference: expect.stringMatching(/^TS-[A-Z0-9]{8}$/) })
  const [lead] = await query(`select * from leads where email_canonical = 'whole@example.com'`)
  expect(lead).toMatchObject({ name: 'Jane Roe', phone: '(760) 334-5013', phone_e164: '+17603345013' })
  expect(lead.first_touch).toEqual({ utm_source: 'x' })
  expect(await query('select kind from events where lead_id = $1', lead.id)).toEqual([{ kind: 'submitted' }])
  const [consent] = await query('select * from consents where lead_id = $1', lead.id)
  expect(consent).toMatchObject({
    purpose: 'texts',
    granted: true,
    page: '/demo',
    version: expect.any(String),
  })
  const mails = await query('select id, kind from mails where lead_id = $1 order by priority desc', lead.id)
  expect(mails.map(({ kind }) => kind)).toEqual(['support-notice', 'demo-thanks'])
  const due = await query(
    `select 1 from mails where id = any($1) and state = 'queued' and not_before <= now()`,
    mails.map(({ id }) => id),
  )
  expect(due).toHaveLength(2)
})

test('one key a hundred times at once is one submission with one set of mails', async () => {
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 100 }, () => store('hundred@example.com', { key })))
  expect(answers.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1)
  expect(answers.filter(({ outcome }) => outcome === 'replayed')).toHaveLength(99)
  expect(new Set(answers.map((answer) => 'reference' in answer && answer.reference)).size).toBe(1)
  expect(await mailsTo('hundred@example.com')).toHaveLength(1)
})

test('the same content without a key is the same submission for 24 hours', async () => {
  const first = await store('content@example.com')
  expect(await store('content@example.com')).toMatchObject({
    outcome: 'replayed',
    reference: (first as { reference: string }).reference,
  })
  await query(
    `update submission_keys set expires_at = now() - interval '1 second' where key like 'content:%'`,
  )
  expect(await store('content@example.com')).toMatchObject({ outcome: 'stored' })
})

test('a key that comes with other content is refused and stores nothing', async () => {
  const key = randomUUID()
  await store('conflict@example.com', { key })
  const other = { ...arrival('conflict@example.com').values, name: 'Somebody Else' }
  expect(await store('conflict@example.com', { key, values: other })).toEqual({ outcome: 'conflict' })
  expect(await query(`select name from leads where email_canonical = 'conflict@example.com'`)).toEqual([
    { name: 'Jane Roe' },
  ])
})

test('a person is one lead, however the address is written', async () => {
  for (const email of ['J.Doe@Gmail.com', 'jdoe+demo@gmail.com', 'jdoe@googlemail.com'])
    await store(email, { key: randomUUID() })
  expect(
    await query(`select count(*)::int as n from leads where email_canonical = 'jdoe@gmail.com'`),
  ).toEqual([{ n: 1 }])
  await store('a+b@example.com', { key: randomUUID() })
  expect(
    await query(`select count(*)::int as n from leads where email_canonical = 'a+b@example.com'`),
  ).toEqual([{ n: 1 }])
})

test('an address gets three acknowledgements and three confirmations in 24 hours, however many ask at once, and every submission is kept', async () => {
  const forms = ['demo', 'trial', 'inquiry'] as const
  await Promise.all(
    Array.from({ length: 50 }, (_, i) => {
      const values = { ...arrival('victim@example.com').values, message: `n ${i}`, terms: true }
      const network = `net ${i}`
      return store('victim@example.com', { key: randomUUID(), form: forms[i % 3], values, network })
    }),
  )
  const mails = await mailsTo('victim@example.com')
  expect(mails.filter(({ state }) => state === 'queued')).toHaveLength(6)
  expect(mails.filter(({ state }) => state === 'suppressed')).toHaveLength(44)
  expect(
    await query(
      `select count(*)::int as n from submissions s join leads l on l.id = s.lead_id where email_canonical = 'victim@example.com'`,
    ),
  ).toEqual([{ n: 50 }])
  await query(
    `update mail_grants set at = now() - interval '25 hours'
    where id = (select min(id) from mail_grants where mailbox = $1 and kind = 'reply')`,
    allowanceRequest({ email: 'victim@example.com' }, config).mailbox,
  )
  await store('victim@example.com', { key: randomUUID() })
  expect((await mailsTo('victim@example.com')).filter(({ state }) => state === 'queued')).toHaveLength(7)
})

test('what has two signs of spam is held with its reasons, sends nothing and overwrites nothing', async () => {
  await store('spam@example.com', { key: randomUUID(), attribution: { utm_source: 'real' } })
  const leadOf = () => query(`select * from leads where email_canonical = 'spam@example.com'`)
  const before = await leadOf()
  const message = 'https://x.example '.repeat(5)
  const values = { ...arrival('spam@example.com').values, name: 'Robot', website: 'x', message }
  const spam = { key: randomUUID(), values, attribution: { utm_source: 'spam' } }
  expect(await store('spam@example.com', spam)).toMatchObject({ outcome: 'stored' })
  const [held] = await query(`select id, reasons from submissions where verdict = 'held'`)
  expect(held.reasons).toHaveLength(2)
  expect(await query('select distinct state from mails where submission_id = $1', held.id)).toEqual([
    { state: 'held' },
  ])
  expect(await leadOf()).toEqual(before)
})

test('the first touch stays, the last one follows', async () => {
  await store('touch@example.com', { key: randomUUID(), attribution: { utm_source: 'first' } })
  await store('touch@example.com', { key: randomUUID(), attribution: { utm_source: 'last' } })
  await store('touch@example.com', { key: randomUUID() })
  expect(
    await query(`select first_touch, last_touch from leads where email_canonical = 'touch@example.com'`),
  ).toEqual([{ first_touch: { utm_source: 'first' }, last_touch: { utm_source: 'last' } }])
})

test('an unsubscribed address gets no acknowledgement, but the confirmation it requested', async () => {
  await query(
    `insert into suppressions (email_canonical, reason) values ('quiet@example.com', 'unsubscribed')`,
  )
  await store('quiet@example.com', { key: randomUUID() })
  const values = { ...arrival('quiet@example.com').values, terms: true }
  await store('quiet@example.com', { key: randomUUID(), form: 'trial', values })
  const states = (await mailsTo('quiet@example.com')).map(({ kind, state }) => `${kind} ${state}`)
  expect(states).toEqual(['demo-thanks suppressed', 'trial-confirm queued'])
})

test('without a key the same content is one submission within a network, and another one elsewhere', async () => {
  const [here, there] = [{ network: 'one network' }, { network: 'another' }]
  const first = await store('networks@example.com', here)
  expect(await store('networks@example.com', here)).toEqual({ ...first, outcome: 'replayed' })
  const second = await store('networks@example.com', there)
  expect(second.outcome).toBe('stored')
  expect(second).not.toMatchObject({ reference: (first as { reference: string }).reference })
})

test('a visit without a campaign does not replace the last touch', async () => {
  const email = 'campaign@example.com'
  await store(email, { attribution: { utm_source: 'news', landing_page: '/97014' } })
  await store(email, { key: randomUUID(), attribution: { landing_page: '/trial' } })
  const [lead] = await query('select last_touch from leads where email_canonical = $1', email)
  expect(lead.last_touch).toEqual({ utm_source: 'news', landing_page: '/97014' })
})
