import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { MailDelivery } from '#lib/jobs/mail-delivery'
import { OutcomeWriter } from '#lib/jobs/mail-outcomes'
import { log } from '#lib/log'
import { MailSink, reply } from '../../e2e/stack/mail-sink.ts'
import { asAdmin, givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const query = givenOwnDatabase()
const sink = new MailSink()
await sink.start()
afterAll(() => sink.stop())
const config = parseConfig({ SMTP_URL: sink.url, SUPPORT_FALLBACK_EMAIL: 'owner@trackstat.org' })
const ALARM = { what: 'The support mailbox refuses mail' }

let tries: string[]
beforeEach(async () => {
  await query('delete from mail_attempts')
  await query('delete from mails')
  tries = []
})
afterEach(() => {
  vi.restoreAllMocks()
  sink.behavior = {}
})

/** A notice that is composed already. */
async function queueNotice(): Promise<string> {
  const id = randomUUID()
  await query(
    `insert into mails (id, kind, recipient, message_id, state, raw)
     values ($1::uuid, 'support-notice', 'support@trackstat.org', $1::text, 'queued', 'Subject: x')`,
    id,
  )
  return id
}

function refuseSupport(text: string): void {
  sink.behavior.rcpt = (address) => {
    tries.push(address)
    return address.startsWith('support@') ? reply(550, text) : undefined
  }
}
const stateOf = async (id: string) => (await query('select state from mails where id = $1', id))[0]?.state
const alarms = () => query(`select data->>'what' as what from mails where kind = 'alarm'`)

test('a refusal by support’s mailbox is kept until it is stored together with its alarm, and is not sent again', async () => {
  refuseSupport('No such mailbox')
  const [info, warn] = [vi.spyOn(log, 'info'), vi.spyOn(log, 'warn')]
  await asAdmin(`create function refuse_alarms() returns trigger language plpgsql as
    $$begin if new.kind = 'alarm' then raise 'not now'; end if; return new; end$$`)
  await asAdmin(
    'create trigger refuse_alarms before insert on mails for each row execute function refuse_alarms()',
  )
  const id = await queueNotice()
  const delivery = new MailDelivery(database(), config, randomUUID())
  try {
    await expect.poll(() => warn.mock.calls.some(([, text]) => /trying again/.test(String(text)))).toBe(true)
    expect(await stateOf(id)).toBe('sending')
    expect(info.mock.calls.filter(([, text]) => text === 'mail')).toEqual([])
    await asAdmin('drop function refuse_alarms() cascade')
    await expect.poll(() => stateOf(id)).toBe('failed')
    expect(await alarms()).toEqual([ALARM])
    expect(await query(`select recipient from mails where data->>'fallbackFor' = $1`, id)).toEqual([
      { recipient: 'owner@trackstat.org' },
    ])
    expect(tries.filter((address) => address.startsWith('support@'))).toHaveLength(1)
  } finally {
    await delivery.stop()
  }
})

test('a refusal that PostgreSQL could not store as it is: failed, with an alarm', async () => {
  refuseSupport('No \0 such mailbox')
  const id = await queueNotice()
  const delivery = new MailDelivery(database(), config, randomUUID())
  try {
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('failed')
    expect(await alarms()).toEqual([ALARM])
  } finally {
    await delivery.stop()
  }
})

test('of a mail that another worker has, no outcome is logged as stored, and nothing follows from it', async () => {
  const lines = [vi.spyOn(log, 'info'), vi.spyOn(log, 'warn')]
  const id = await queueNotice()
  const mail = { id, kind: 'support-notice', recipient: 'support@trackstat.org', data: {} } as const
  const followUp = vi.fn(async () => {})
  const outcomes = new OutcomeWriter(database(), randomUUID())
  await outcomes.write({ mail, state: 'failed', reply: '550', followUp })
  expect(await stateOf(id)).toBe('queued')
  expect(followUp).not.toHaveBeenCalled()
  expect(lines.flatMap(({ mock }) => mock.calls.map(([, text]) => text))).toEqual([
    'the outcome of a mail changed nothing: stored before, erased, or claimed by another worker',
  ])
})
