import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { type Database, openDatabase } from '#lib/db/connection'
import { runTrialClock } from '#lib/trials/clock'
import type { Arrived } from '../stack/mail-sink.ts'
import { Stack } from '../stack/stack.ts'

/** Reminders by the worker's trial clock, and the one-click unsubscribe. */
const stack = new Stack()
beforeAll(async () => {
  await stack.start()
  db = openDatabase(stack.env.DATABASE_URL ?? '', 2)
})
afterAll(async () => {
  await db.$client.end()
  await stack.stop()
})

const isReminder = ({ mail }: Arrived) => /ends soon/.test(mail.subject ?? '')

let db: Database
/** Runs the trial clock, in addition to the worker's own run each minute. */
const pass = () => runTrialClock(db, parseConfig(stack.env))

/** A running trial that ends in `endsIn` days. Its dates are set with triggers disabled. */
async function runningTrial(email: string, endsIn: number) {
  await stack.post('trial', { name: 'Jane Roe', email, company: 'Desert Spine', terms: true })
  const { mail } = await stack.sink.waitFor(({ to }) => to.includes(email))
  await fetch(/http\S*confirm\?token=\S*/.exec(mail.text ?? '')?.[0] ?? '', {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(),
  })
  await endIn(email, endsIn)
}
const endIn = (email: string, days: number) =>
  stack.query(
    `alter table trials disable trigger user;
     update trials t set starts_at = now() - interval '11 days', access_at = now() - interval '11 days', ends_at = now() + interval '${days} days'
       from leads l where l.id = t.lead_id and l.email = '${email}' and t.starts_at is not null;
     alter table trials enable trigger user`,
  )
const remindersOf = (email: string) =>
  stack.query(`select state from mails where kind = 'trial-ending' and recipient = $1 order by created_at`, [
    email,
  ])

/** Unsubscribes like a mail program (RFC 8058): no cookie, no origin, no page. */
function clickOnce(arrived: Arrived, body: URLSearchParams | FormData): Promise<Response> {
  const { unsubscribe } = arrived.mail.headers.get('list') as unknown as { unsubscribe: { url: string } }
  expect(arrived.raw.toString()).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  return fetch(unsubscribe.url, { method: 'POST', redirect: 'manual', body })
}

test('the worker runs the trial clock each minute', async () => {
  await runningTrial('worker@example.com', 2.5)
  const seconds = `select extract(epoch from due_at - now()) as seconds from schedules where name = 'trials'`
  const [{ seconds: left } = {}] = await stack.query(seconds)
  expect(Number(left)).toBeLessThanOrEqual(60)
  // Makes the next run due now.
  await stack.query(`update schedules set due_at = now() where name = 'trials'`)
  await stack.sink.waitFor((each) => each.to.includes('worker@example.com') && isReminder(each))
})

test.each(['urlencoded', 'multipart'] as const)(
  'one-click unsubscribe, %s, stops reminders immediately; the trial still ends on time',
  async (encoding) => {
    const email = `${encoding}@example.com`
    await runningTrial(email, 2.5)
    await pass()
    const reminder = await stack.sink.waitFor((each) => each.to.includes(email) && isReminder(each))
    await fetch(
      String(
        (reminder.mail.headers.get('list') as unknown as { unsubscribe: { url: string } }).unsubscribe.url,
      ),
    )
    expect(await stack.query('select from suppressions where email_canonical = $1', [email])).toEqual([])
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')
    const plain = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
    expect((await clickOnce(reminder, encoding === 'multipart' ? form : plain)).status).toBe(204)
    await endIn(email, 0.5)
    await pass()
    await endIn(email, -0.1)
    await pass()
    await expect.poll(() => remindersOf(email)).toEqual([{ state: 'sent' }, { state: 'suppressed' }])
    await expect
      .poll(() =>
        stack.query(`select state from mails where kind = 'trial-ended' and recipient = $1`, [email]),
      )
      .toEqual([{ state: 'suppressed' }])
    expect(
      await stack.query(`select t.state from trials t join leads l on l.id = t.lead_id where l.email = $1`, [
        email,
      ]),
    ).toEqual([{ state: 'expired' }])
  },
)

test('a forged link unsubscribes nobody', async () => {
  const answer = await fetch(`${stack.url}/unsubscribe?token=made-up`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  })
  expect(answer.status).toBe(404)
})
