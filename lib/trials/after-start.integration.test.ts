import { simpleParser } from 'mailparser'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { closeDatabase, database } from '#lib/db/connection'
import { trialToken } from '#lib/leads/trial-token'
import { readLetter } from '#lib/letters/letter'
import { findReasonsToWithhold } from '#lib/letters/withhold'
import { compose } from '#lib/mail/compose'
import { runTrialClock } from '#lib/trials/clock'
import { confirmTrial } from '#lib/trials/confirm'
import { type Order, orderTrial } from '#lib/trials/orders'
import { runTrialCommand } from '#lib/trials/trial-command'
import { latestMail } from '../../e2e/stack/latest-mail.ts'
import { createDatabase, type TestDatabase } from '../../e2e/stack/postgres.ts'
import { DAY, datesOf, mailsOf, requestTrial, stateOf } from '../../e2e/stack/trial-rows.ts'

let made: TestDatabase
let admin: pg.Client
beforeAll(async () => {
  made = await createDatabase()
  process.env.DATABASE_URL = made.url
  admin = new pg.Client(made.adminUrl)
  await admin.connect()
})
afterAll(async () => {
  await closeDatabase()
  await admin.end()
  await made.drop()
})
const query = async (text: string, ...values: unknown[]) => (await admin.query(text, values)).rows
const config = parseConfig({})

type Trial = Awaited<ReturnType<typeof requestTrial>>

async function confirmed(): Promise<Trial> {
  const trial = await requestTrial()
  await confirmTrial(trialToken(trial.id, 1), 'America/Los_Angeles')
  return trial
}
/** Lets time pass since the trial's start: moves its dates into the past, as nothing in the service may do. */
const pass = ({ id }: Trial, days: number) =>
  query(`alter table trials disable trigger user; alter table events disable trigger user;
    update trials set starts_at = starts_at - interval '${days} days', ends_at = ends_at - interval '${days} days',
      access_at = access_at - interval '${days} days' where id = '${id}';
    update events set data = data || jsonb_build_object('endsAt', (data->>'endsAt')::timestamptz - interval '${days} days')
      where data->>'trial' = '${id}' and data ? 'endsAt';
    alter table trials enable trigger user; alter table events enable trigger user`)
const order = (trial: Trial, change: Order) => orderTrial(database(), trial.reference, change, 'support')
const clock = () => runTrialClock(database(), config)

/** A queued mail as it would be sent now. */
async function mailOf({ id }: Trial, kind: string) {
  const row = await latestMail({ trialId: id }, kind)
  const mail = await simpleParser(await compose(await readLetter(database(), row, config), config))
  const [attached] = mail.attachments
  const lines = (attached?.content.toString() ?? '').replace(/\r\n[ \t]/g, '').split('\r\n')
  const property = (name: string) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1)
  return {
    text: (mail.text ?? '').replace(/\s+/g, ' '),
    subject: mail.subject,
    type: attached?.headers.get('content-type') as unknown as { value: string; params: { method?: string } },
    uid: property('UID'),
    sequence: Number(property('SEQUENCE')),
    method: property('METHOD'),
    status: property('STATUS'),
    start: property('DTSTART'),
    organizer: lines.some((line) => line.startsWith('ORGANIZER')),
  }
}
const stamp = (date: Date) => date.toISOString().replace(/[-:]|\.\d+/g, '')

test('extended, extended again, canceled, restarted, converted: each is mailed, and moves or removes the calendar entry', async () => {
  const trial = await confirmed()
  await order(trial, { name: 'access' })
  const welcome = await mailOf(trial, 'trial-welcome')
  expect([welcome.method, welcome.status, welcome.sequence]).toEqual(['PUBLISH', 'CONFIRMED', 0])
  let before = welcome
  for (const [change, method, says] of [
    [
      { name: 'extend', days: 7 },
      'PUBLISH',
      /was extended\. It now runs until \w+, \w+ \d+, \d+, \d+:\d+ [AP]M P[SD]T and/,
    ],
    [{ name: 'extend', days: 3 }, 'PUBLISH', /was extended/],
    [{ name: 'cancel' }, 'CANCEL', /was canceled on .* P[SD]T\. You won’t be charged/],
    [{ name: 'extend', days: 1 }, 'PUBLISH', /was extended/],
    [{ name: 'convert' }, 'CANCEL', /has become your account/],
  ] satisfies [Order, string, RegExp][]) {
    await order(trial, change)
    const mail = await mailOf(trial, 'trial-changed')
    expect(mail.text).toMatch(says)
    expect(mail).toMatchObject({ uid: welcome.uid, method, organizer: true })
    expect(mail.type).toMatchObject({ value: 'text/calendar', params: { method } })
    expect(mail.status).toBe(method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED')
    expect(mail.sequence).toBeGreaterThan(before.sequence)
    expect(mail.start).toBe(stamp((await datesOf(trial.id)).ends_at))
    before = mail
  }
  // Only the last one is still true.
  const queued = (await mailsOf(trial.id, 'trial-changed')).map(({ id }) => id)
  const withheld = await findReasonsToWithhold(database(), queued)
  expect(queued.map((id) => withheld.has(id))).toEqual([true, true, true, true, false])
})

test('whoever orders the change, it is mailed once; nobody is mailed about a request that was never confirmed', async () => {
  const trial = await confirmed()
  for (let twice = 0; twice < 2; twice++) await runTrialCommand(database(), ['cancel', trial.reference])
  for (let twice = 0; twice < 2; twice++)
    await orderTrial(database(), trial.reference, { name: 'extend', days: 2 }, 'product', `key ${trial.id}`)
  expect((await mailsOf(trial.id, 'trial-changed')).map(({ data }) => data.change)).toEqual([
    'cancelled',
    'extended',
  ])
  const request = await requestTrial()
  await order(request, { name: 'cancel' })
  expect(await mailsOf(request.id, 'trial-changed')).toEqual([])
  const refused = await confirmed()
  await order(refused, { name: 'convert' })
  await expect(order(refused, { name: 'cancel' })).rejects.toThrow('customer')
  expect(await mailsOf(refused.id, 'trial-changed')).toHaveLength(1)
})

test('an expired trial that is extended or converted is told too, with an entry that replaces the old one', async () => {
  for (const change of [{ name: 'extend', days: 5 }, { name: 'convert' }] satisfies Order[]) {
    const trial = await confirmed()
    await order(trial, { name: 'access' })
    await pass(trial, 20)
    await clock()
    await clock()
    expect(await stateOf(trial.id)).toBe('expired')
    expect(await mailsOf(trial.id, 'trial-ended')).toHaveLength(1)
    await order(trial, change)
    expect((await mailOf(trial, 'trial-changed')).sequence).toBe(1)
  }
})

test('days without access do not count: no reminder, no end, and then the full 14 days with a moved calendar entry', async () => {
  const trial = await confirmed()
  const welcome = await mailOf(trial, 'trial-welcome')
  expect(welcome.text).toMatch(
    /The time you wait is added to your trial: you get the full 14 days from when you can/,
  )
  expect(welcome).toMatchObject({ status: 'TENTATIVE', method: 'PUBLISH' })
  expect((await mailOf(trial, 'support-notice')).text).toContain(
    `npm run trial -- access ${trial.reference} LINK`,
  )
  await pass(trial, 20)
  await clock()
  await clock()
  expect(await stateOf(trial.id)).toBe('active')
  for (const kind of ['trial-ending', 'trial-ended']) expect(await mailsOf(trial.id, kind), kind).toEqual([])
  // Sent meanwhile.
  await query(`update mails set raw = 'x', state = 'sent' where trial_id = $1`, trial.id)
  const run = (...words: string[]) => runTrialCommand(database(), ['access', trial.reference, ...words])
  expect((await run('ftp://app.example')).lines[0]).toBe(
    'Not done: the link is not a whole address that begins with https://.',
  )
  for (let twice = 0; twice < 2; twice++) expect((await run('https://app.example/in-')).code).toBe(0)
  const { ends_at: end } = await datesOf(trial.id)
  expect(Math.abs(end.getTime() - Date.now() - 14 * DAY)).toBeLessThan(60_000)
  expect(await mailsOf(trial.id, 'trial-access')).toHaveLength(1)
  expect(await mailsOf(trial.id, 'trial-changed')).toEqual([])
  const access = await mailOf(trial, 'trial-access')
  expect(access).toMatchObject({ uid: welcome.uid, sequence: 1, status: 'CONFIRMED', start: stamp(end) })
  expect(access.text).toContain(
    'Sign in here: SIGN IN TO TRACKSTAT https://app.example/in%2D Your trial runs until',
  )
  await pass(trial, 12)
  await clock()
  expect(await mailsOf(trial.id, 'trial-ending')).toHaveLength(1)
})

test('access after the end: a customer gets the link, and support is told why nobody else does', async () => {
  const sent = (trial: Trial) =>
    query(`update mails set raw = 'x', state = 'sent' where trial_id = $1`, trial.id)
  const run = (trial: Trial) =>
    runTrialCommand(database(), ['access', trial.reference, 'https://app.example/in'])
  const customer = await confirmed()
  await order(customer, { name: 'convert' })
  await sent(customer)
  expect((await run(customer)).code).toBe(0)
  const [mail] = await mailsOf(customer.id, 'trial-access')
  expect(await findReasonsToWithhold(database(), [mail?.id])).toEqual(new Map())
  const { text, uid } = await mailOf(customer, 'trial-access')
  expect(text).toContain('Your account is set up. Sign in here: SIGN IN TO TRACKSTAT https://app.example/in')
  expect(text).not.toMatch(/runs until|calendar/)
  expect(uid).toBeUndefined()

  const canceled = await confirmed()
  await order(canceled, { name: 'cancel' })
  const expired = await confirmed()
  await order(expired, { name: 'access' })
  await pass(expired, 20)
  await clock()
  await clock()
  for (const [trial, why] of [
    [canceled, 'the trial was canceled'],
    [expired, 'the trial has ended'],
  ] as const) {
    await sent(trial)
    expect(await run(trial)).toMatchObject({ code: 1, lines: [expect.stringContaining(`Not done: ${why}`)] })
    expect(await mailsOf(trial.id, 'trial-access')).toEqual([])
    const kept = await query('select login_url from trials where id = $1', trial.id)
    expect(kept).toEqual([{ login_url: null }])
  }
})

test('access within a minute moves nothing; extended while waiting, both count', async () => {
  const quick = await confirmed()
  const first = await datesOf(quick.id)
  await order(quick, { name: 'access' })
  expect(await datesOf(quick.id)).toEqual(first)
  const slow = await confirmed()
  await pass(slow, 30)
  await order(slow, { name: 'extend', days: 7 })
  expect((await mailOf(slow, 'trial-changed')).text).toContain(
    'you get the full 21 days from when you can sign in',
  )
  await order(slow, { name: 'access' })
  const { ends_at: end } = await datesOf(slow.id)
  expect(Math.abs(end.getTime() - Date.now() - 21 * DAY)).toBeLessThan(60_000)
  const request = await requestTrial()
  await expect(order(request, { name: 'access' })).rejects.toThrow('not confirmed yet')
})

test('a welcome that waits for the mail server goes out only while the trial runs; the mail of the change goes out alone', async () => {
  for (const [change, says, link] of [
    [
      { name: 'cancel' },
      /canceled on .* If the end of the trial is in your calendar, the attached file/,
      false,
    ],
    [{ name: 'convert' }, /has become your account.* If the end of the trial is in your calendar/, true],
  ] satisfies [Order, RegExp, boolean][]) {
    const trial = await confirmed()
    await order(trial, { name: 'access', loginUrl: 'https://app.example/welcome' })
    const [welcome] = await mailsOf(trial.id, 'trial-welcome')
    const reasons = async (...ids: string[]) => [...(await findReasonsToWithhold(database(), ids)).values()]
    expect(await reasons(welcome.id)).toEqual([])
    await order(trial, change)
    const [changed] = await mailsOf(trial.id, 'trial-changed')
    expect(await reasons(welcome.id, changed.id)).toEqual(['The trial is over.'])
    const mail = await mailOf(trial, 'trial-changed')
    expect(mail.text).toMatch(says)
    expect(mail.text.includes('https://app.example/welcome')).toBe(link)
    await order(trial, { name: 'extend', days: 3 }).catch(() => {})
    expect(await reasons(welcome.id)).toEqual(change.name === 'cancel' ? [] : ['The trial is over.'])
  }
})

test('support is reminded once of a trial that waits for a day', async () => {
  const trial = await confirmed()
  await clock()
  expect(await mailsOf(trial.id, 'alarm')).toEqual([])
  await pass(trial, 1.1)
  await clock()
  await clock()
  const alarms = await mailsOf(trial.id, 'alarm')
  expect(alarms.map(({ data }) => data.what)).toEqual([
    `Trial ${trial.reference} has waited a day for access`,
  ])
  expect(JSON.stringify(alarms)).toContain(`npm run trial -- access ${trial.reference}`)
})
