import { generateKeyPairSync } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { templates } from '#emails/index'
import { parseConfig } from '#lib/config'
import { type Database, openDatabase } from '#lib/db/connection'
import { consents, mails } from '#lib/db/schema'
import { capture } from '#lib/leads/capture'
import { readLetter } from '#lib/letters/letter'
import { compose } from '#lib/mail/compose'
import { createDatabase } from '../../e2e/stack/postgres.ts'

const config = parseConfig({})
let db: Database
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await createDatabase()
  db = openDatabase(database.url, 2)
  drop = database.drop
})

afterAll(async () => {
  await db.$client.end()
  await drop()
})

async function readNoticeOf(form: 'demo' | 'trial', email: string, texts: boolean) {
  const values = { name: 'Jane Roe', email, company: 'Desert Spine', texts, terms: true }
  const stored = await capture(db.$client, { form, values, attribution: {} }, config)
  if (stored.outcome === 'conflict') throw new Error('a new submission has no conflict')
  const { submissionId } = stored
  // The wording has changed since the person consented.
  await db.update(consents).set({ version: '2019-01' }).where(eq(consents.submissionId, submissionId))
  const rows = await db.select().from(mails).where(eq(mails.submissionId, submissionId))
  const notice = rows.find(({ kind }) => kind === 'support-notice')
  if (!notice) throw new Error('a submission has a notice')
  return readLetter(db, notice, config)
}

const consent = (label: string, value: string) =>
  expect.objectContaining({ kind: 'consent', label, value, note: 'Consent wording 2019-01' })

test('a notice names the consent as it was recorded, not as the form asks for it today', async () => {
  expect((await readNoticeOf('demo', 'yes@example.com', true)).props).toMatchObject({
    answers: expect.arrayContaining([consent('Texts', 'Yes')]),
  })
  expect((await readNoticeOf('trial', 'no@example.com', false)).props).toMatchObject({
    answers: expect.arrayContaining([consent('Texts', 'No'), consent('Terms', 'Yes')]),
  })
})

test('the history shows each event of a trial once, in words', async () => {
  await readNoticeOf('trial', 'history@example.com', false)
  const { props } = await readNoticeOf('demo', 'history@example.com', false)
  expect((props as { history: { what: string }[] }).history.map(({ what }) => what)).toEqual([
    'Asked for a trial',
  ])
})

test('a signature covers both headers of the one click, or mail programs do not offer it', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const signing = parseConfig({ DKIM_DOMAIN: 'x.example', DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: privateKey })
  const raw = await compose(
    {
      kind: 'trial-ending',
      props: templates['trial-ending'].example,
      recipient: 'jane@example.com',
      messageId: '<1@x.example>',
      date: new Date(),
      unsubscribeUrl: 'https://x.example/unsubscribe?token=1',
    },
    signing,
  )
  const [, covered = ''] = /^DKIM-Signature:[\s\S]*?\bh=([^;]*);/m.exec(raw.toString()) ?? []
  const names = covered.replace(/\s/g, '').split(':')
  expect(names).toEqual(
    expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post', 'from', 'subject', 'message-id']),
  )
  expect(raw.toString()).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
})
