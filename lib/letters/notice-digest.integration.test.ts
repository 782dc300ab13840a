import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { renderMail } from '#emails/index'
import type { NoticeDigestProps } from '#emails/notice-digest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { mails } from '#lib/db/schema'
import { MailDelivery } from '#lib/jobs/mail-delivery'
import { capture } from '#lib/leads/capture'
import { readLetter } from '#lib/letters/letter'
import { queueDigests } from '#lib/letters/notice-digest'
import { MailSink, reply } from '../../e2e/stack/mail-sink.ts'
import { givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const query = givenOwnDatabase()
const sink = new MailSink()
await sink.start()
const config = parseConfig({
  SUPPORT_EMAIL: 'one@support.example, two@support.example',
  SUPPORT_FALLBACK_EMAIL: 'owner@support.example',
  SMTP_URL: sink.url,
})

const message = `Call <b>me</b> at www.evil.example. ${'x'.repeat(1000)}`
const store = (network: string, name = 'Jane Roe') => {
  const values = { name, email: `${randomUUID()}@example.com`, company: 'Desert Spine', message }
  return capture(
    database().$client,
    { form: 'demo', values, attribution: {}, key: randomUUID(), network },
    config,
  )
}
const endWindow = () =>
  query(`update mails set created_at = created_at - interval '11 minutes' where digest_id is null`)
const digests = () =>
  database().select().from(mails).where(eq(mails.kind, 'notice-digest')).orderBy(mails.createdAt)
/** Lets a worker deliver this mail only, and waits for its outcome. */
async function deliver(id: string) {
  await query(
    `update mails set not_before = case when id = $1 then now() else 'infinity' end where state = 'queued'`,
    id,
  )
  const delivery = new MailDelivery(database(), config, randomUUID())
  const state = async () => (await query('select state from mails where id = $1', id))[0].state
  await expect.poll(state).toMatch(/sent|failed/)
  await delivery.stop()
}
async function propsOf(mail: typeof mails.$inferSelect) {
  return (await readLetter(database(), mail, config)).props as NoticeDigestProps
}

test('from one network the eleventh notice in ten minutes is folded; from another one it goes out', async () => {
  for (let n = 0; n < 13; n++) await store('flood')
  await store('office')
  const states = await query(
    `select state, folded, count(*)::int from mails where kind = 'support-notice' group by 1, 2 order by 1`,
  )
  expect(states).toEqual([
    { state: 'held', folded: true, count: 6 },
    { state: 'queued', folded: false, count: 22 },
  ])
})

test('nothing before the window ends; then each notice in one digest for each address, also with two workers', async () => {
  await queueDigests(database(), config)
  expect(await digests()).toHaveLength(0)
  for (let n = 0; n < 117; n++) await store('flood')
  await endWindow()
  await Promise.all([queueDigests(database(), config), queueDigests(database(), config)])
  const made = await digests()
  // 120 for each of two addresses, at most 100 in a mail.
  expect(made.map(({ recipient }) => recipient).sort()).toEqual([
    ...['one@support.example', 'one@support.example', 'two@support.example', 'two@support.example'],
  ])
  const all = await Promise.all(made.map(propsOf))
  expect(all.map(({ entries }) => entries.length).sort()).toEqual([100, 100, 20, 20])
  expect(new Set(all.flatMap(({ entries }) => entries.map(({ reference }) => reference))).size).toBe(120)
  // A notice stored now goes into a later digest.
  await store('flood', 'Late Roe')
  expect((await Promise.all(made.map(propsOf))).flatMap(({ entries }) => entries)).toHaveLength(240)
  await queueDigests(database(), config)
  expect(await digests()).toHaveLength(4)
})

test('the largest digest is not cut off by Gmail, and shows what visitors typed inert', async () => {
  const [largest] = (await Promise.all((await digests()).map(propsOf))).filter(
    ({ entries }) => entries.length === 100,
  )
  const { html, text } = await renderMail('notice-digest', largest as NoticeDigestProps)
  expect(Buffer.byteLength(html)).toBeLessThan(102_000)
  expect(html).not.toContain('www.evil.example')
  expect(html).not.toContain('<b>me')
  expect(text).toContain('  > Call <b>me</b> at www.evil.example.')
  expect(text).toMatch(/! No reply was sent: Too many replies/)
})

test('sent, its notices are sent, and no text of visitors stays with a mail that has no lead', async () => {
  const [digest] = await digests()
  await deliver(digest?.id ?? '')
  expect(sink.arrived.at(-1)?.mail.subject).toMatch(/^Digest: \d+ submissions$/)
  const [after] = await query('select state, raw from mails where id = $1', digest?.id)
  expect(after).toEqual({ state: 'sent', raw: null })
  expect(
    await query('select distinct state, last_error from mails where digest_id = $1', digest?.id),
  ).toEqual([{ state: 'sent', last_error: null }])
})

test('support’s mailbox refuses the digest: the fallback address gets the same list', async () => {
  const digest = (await digests()).find(({ state }) => state === 'queued')
  sink.behavior = { rcpt: () => reply(550, 'No such mailbox') }
  await deliver(digest?.id ?? '')
  sink.behavior = {}
  const [fallback] = await query(
    `select id, recipient from mails where data->>'fallbackFor' = $1`,
    digest?.id,
  )
  expect(fallback.recipient).toBe('owner@support.example')
  await deliver(fallback.id)
  const notices = await query('select distinct state from mails where digest_id = $1', digest?.id)
  expect(notices).toEqual([{ state: 'sent' }])
  await sink.stop()
})
