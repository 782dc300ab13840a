import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { MailDelivery } from '#lib/jobs/mail-delivery'
import { MailServerPause } from '#lib/jobs/mail-server-pause'
import { MailSink, reply } from '../../e2e/stack/mail-sink.ts'
import { asAdmin, givenOwnDatabase } from '../../e2e/stack/own-database.ts'

const query = givenOwnDatabase()
const sink = new MailSink()
await sink.start()
const config = parseConfig({ SMTP_URL: sink.url })
const REFUSED = { state: 'refused', reason: '550 not this sender' } as const

beforeEach(() => query('delete from mail_server_state'))
afterAll(() => sink.stop())

const state = async () => (await query('select state from mail_server_state'))[0]?.state

test('a sender that the mail server refuses is tried less and less often, and only an accepted mail ends the refusal', async () => {
  const tries: number[] = []
  const statesAtTry: Promise<string>[] = []
  let refusing = true
  sink.behavior.mail = () => {
    tries.push(performance.now())
    statesAtTry.push(state())
    return refusing ? reply(550, 'not this sender') : undefined
  }
  const data = JSON.stringify({ what: 'The disk is full', steps: ['Free some space.'] })
  await query(
    `insert into mails (id, kind, recipient, message_id, state, data)
     values ($1::uuid, 'alarm', 'a@example.com', $1::text, 'queued', $2::jsonb)`,
    randomUUID(),
    data,
  )
  // No alarm mail of the refusal itself, so that each try is one mail.
  await query(
    `insert into mails (id, kind, recipient, message_id, state, data)
     values ($1::uuid, 'alarm', 'a@example.com', $1::text, 'sent', $2::jsonb)`,
    randomUUID(),
    JSON.stringify({ what: 'The mail server refused us and mail waited', steps: [] }),
  )
  const delivery = new MailDelivery(database(), config, randomUUID())
  try {
    await expect.poll(() => tries.length).toBe(4)
    const [, , third = 0, fourth = 0] = tries
    expect(fourth - third).toBeGreaterThan(3500)
    expect((await Promise.all(statesAtTry)).slice(1)).toEqual(['refused', 'refused', 'refused'])
    refusing = false
    await expect.poll(state).toBe('ok')
    expect(sink.to('a@example.com')).toHaveLength(1)
  } finally {
    await delivery.stop()
    sink.behavior = {}
  }
})

test('a later report is not overwritten by an earlier one that is stored slowly; a success from before a pause is ignored', async () => {
  await asAdmin(
    `create function store_slowly() returns trigger language plpgsql as
     $$begin if new.state = 'ok' then perform pg_sleep(0.5); end if; return new; end$$`,
  )
  await asAdmin(
    'create trigger store_slowly before insert on mail_server_state for each row execute function store_slowly()',
  )
  const pause = new MailServerPause(database(), config, () => {})
  try {
    await Promise.all([pause.accepted(), pause.pause(REFUSED, 'mail'), pause.accepted()])
    expect(await state()).toBe('refused')
  } finally {
    pause.stop()
    await asAdmin('drop function store_slowly() cascade')
  }
})

test('a refusal and its alarm are stored together, or both with the next report', async () => {
  await query('delete from mail_attempts')
  await query('delete from mails')
  await asAdmin('alter table mails rename to mails_away')
  const pause = new MailServerPause(database(), config, () => {})
  try {
    await pause.pause(REFUSED, 'mail')
    expect(await state()).toBeUndefined()
    await asAdmin('alter table mails_away rename to mails')
    await pause.pause(REFUSED, 'mail')
    expect(await query(`select kind from mails`)).toEqual([{ kind: 'alarm' }])
  } finally {
    pause.stop()
  }
})
