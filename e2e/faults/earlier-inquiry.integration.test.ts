import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stack } from '../stack/stack.ts'

/** An inquiry is known to its browser after other forms were sent. */
let stack: Stack
beforeAll(async () => {
  stack = await new Stack().start({ WORKER: 'off' })
})
afterAll(() => stack.stop())

async function press(path: string, fields: Record<string, string>, cookie = '') {
  const init = {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams(fields),
  } as const
  const answer = await fetch(stack.url + path, init)
  const [given] = answer.headers.getSetCookie()[0]?.split(';') ?? []
  return { location: answer.headers.get('location'), cookie: given ?? cookie }
}
const person = () => ({ name: 'Jane Roe', email: `${randomUUID()}@example.com`, company: 'Desert Spine' })
const referencesOf = async (email: string) =>
  (
    await stack.query<{ reference: string }>(
      `select reference from submissions where form = 'inquiry' and fields->>'email' = $1`,
      [email],
    )
  ).map(({ reference }) => reference)

test('the mail of a flagged inquiry can be sent after the demo form was sent', async () => {
  const values = person()
  const inquiry = { ...values, message: 'Hello', website: 'https://filler.example' }
  const sent = await press('/api/submissions/inquiry', inquiry)
  const { cookie } = await press('/api/submissions/demo', values, sent.cookie)
  const [reference = ''] = await referencesOf(values.email)
  const page = async () => (await fetch(`${stack.url}/contact/sent`, { headers: { cookie } })).text()
  expect(await page()).toContain(reference)
  const released = await press('/api/held-mail', { reference }, cookie)
  expect(released.location).toBe('/contact/sent')
  const state = `select state from mails where recipient = $1 and kind = 'inquiry-received'`
  expect(await stack.query(state, [values.email])).toEqual([{ state: 'queued' }])
  expect(await page()).toContain(reference)
})

test('an unchanged inquiry sent again after the demo form is the same one, from a page with another key', async () => {
  const values = person()
  const send = (cookie: string) =>
    press('/api/submissions/inquiry', { ...values, message: 'Hello', submission_key: randomUUID() }, cookie)
  const first = await send('')
  const { cookie } = await press('/api/submissions/demo', values, first.cookie)
  await send(cookie)
  expect(await referencesOf(values.email)).toHaveLength(1)
})
