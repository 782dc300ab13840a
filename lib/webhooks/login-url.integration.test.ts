import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { lockTrial } from '#lib/trials/lock'
import { startTrial } from '#lib/trials/start-trial'
import { alarms, db, deliver, query, receive, stateOf, submit } from '../../e2e/stack/webhook-receiver.ts'

/** A trial that was just confirmed, and its event. */
async function confirmed() {
  const { submissionId } = await submit('trial')
  await db.transaction(async (tx) => {
    const trial = await lockTrial(tx, sql`t.submission_id = ${submissionId}`)
    if (trial) await startTrial(tx, trial)
  })
  await query(`delete from mails where submission_id = $1 and kind = 'trial-welcome'`, submissionId)
  const [webhook] = await query(
    `select * from webhooks where submission_id = $1 and type = 'trial.confirmed'`,
    submissionId,
  )
  const link = async () =>
    (await query('select login_url from trials where submission_id = $1', submissionId))[0].login_url
  return { webhook, link }
}

test('the product responds to the confirmation with the sign-in link', async () => {
  for (const [type, login_url, kept] of [
    ['application/json', 'https://app.example/start?t=1', 'https://app.example/start?t=1'],
    ['Application/JSON; charset=utf-8', 'HTTPS://app.example/a b', 'https://app.example/a%20b'],
    ['application/vnd.app+json', 'https://app.example/x', 'https://app.example/x'],
    // Allowed by the operator: a product in the same network.
    ['application/json', 'http://localhost:8080/in', 'http://localhost:8080/in'],
  ] as const) {
    const { config } = await receive((response) =>
      response.writeHead(200, { 'content-type': type }).end(JSON.stringify({ login_url })),
    )
    const { webhook, link } = await confirmed()
    expect(webhook.data).toMatchObject({ state: 'active', ends_at: expect.stringMatching(/Z$/) })
    await deliver(webhook.id, config)
    expect(await link()).toBe(kept)
  }
})

test.each([
  ['javascript:alert(1)', 'not a whole address'],
  ['/sign-in', 'not a whole address'],
  ['https:app.example/x', 'not a whole address'],
  ['http://app.example/', 'not https'],
  ['https://trackstat.org@evil.example/', 'a name or a password'],
  [`https://app.example/${'x'.repeat(2000)}`, 'more than 2000'],
  [{ url: 'x' }, 'not a text'],
  ['x'.repeat(70_000), 'larger than 64 KiB'],
])('a sign-in link that can’t be used is reported to support: %.40j', async (login_url, why) => {
  const { config } = await receive((response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ login_url })),
  )
  const { webhook, link } = await confirmed()
  await deliver(webhook.id, config)
  expect(await link()).toBeNull()
  expect(await stateOf(webhook.id)).toMatchObject({
    state: 'delivered',
    last_error: expect.stringContaining(why),
  })
  expect((await alarms()).at(-1)).toBe(`The sign-in link of trial ${webhook.data.reference} can’t be used`)
})

test('a response without a link, as from a CRM, is no error', async () => {
  const before = (await alarms()).length
  for (const body of ['{"ok":true}', 'null', 'not json', '']) {
    const { config } = await receive((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(body),
    )
    const { webhook } = await confirmed()
    await deliver(webhook.id, config)
    expect(await stateOf(webhook.id)).toMatchObject({ state: 'delivered', last_error: null })
  }
  expect(await alarms()).toHaveLength(before)
})
