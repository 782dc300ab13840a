import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialCode } from '#lib/trials/code'
import { CookieBrowser } from '../stack/cookie-browser.ts'
import { Stack } from '../stack/stack.ts'
import { codeIn, freshAddress, sentTo, statesOf, wrongCode } from '../stack/trial-visitor.ts'

/** Guessing trial codes: over many requests, from many networks, and codes whose mail was never sent. */
const stack = new Stack()
beforeAll(async () => void (await stack.start({ TRUST_PROXY: '1' })))
afterAll(() => stack.stop())

let networks = 0
const elsewhere = () =>
  new CookieBrowser(stack, `198.51.${Math.floor(++networks / 250)}.${(networks % 250) + 1}`)
const form = (email: string, more = {}) => ({
  name: 'Jane Roe',
  email,
  company: 'Spine',
  terms: true,
  ...more,
})

/** Requests a trial, each time from another network. */
async function ask(email: string, more = {}) {
  const browser = elsewhere()
  const answer = await browser.send('trial', form(email, more))
  const { reference } = (await answer.json()) as { reference: string }
  const [row] = await stack.query<{ id: string }>(
    'select t.id from trials t join submissions s on s.id = t.submission_id where s.reference = $1',
    [reference],
  )
  const id = row?.id ?? ''
  return { browser, id, code: trialCode(id, 1) }
}
const type = async ({ browser }: { browser: CookieBrowser }, code: string) =>
  (await browser.press('/api/trials/code', { code })).headers.get('location')
const stateOf = async ({ id }: { id: string }) =>
  (await stack.query<{ state: string }>('select state from trials where id = $1', [id]))[0]?.state
const mailState = async ({ id }: { id: string }) =>
  (
    await stack.query<{ state: string }>(
      `select state from mails where trial_id = $1 and kind = 'trial-confirm'`,
      [id],
    )
  )[0]?.state

/** Waits until the confirmation mail is sent. */
const sent = (one: { id: string }) => expect.poll(() => mailState(one), { timeout: 60_000 }).toBe('sent')

/** Number of wrong guesses that were compared with a code. */
async function compared(asked: { id: string }[]): Promise<number> {
  const rows = await stack.query<{ code_tries: number }>('select code_tries from trials where id = any($1)', [
    asked.map(({ id }) => id),
  ])
  return rows.reduce((sum, { code_tries }) => sum + code_tries, 0)
}

test('850 guesses at one mailbox, over 170 requests with address tags: ten are compared', async () => {
  const [name] = freshAddress().split('@')
  // The first request's mail is sent; most of the others are suppressed.
  const first = await ask(`${name}@example.com`)
  const asked = [first]
  for (let at = 1; at < 170; at += 13)
    asked.push(
      ...(await Promise.all(
        Array.from({ length: 13 }, (_, next) => ask(`${name}+${at + next}@example.com`)),
      )),
    )
  await sent(first)
  const began = performance.now()
  for (let at = 0; at < asked.length; at += 10)
    await Promise.all(
      asked.slice(at, at + 10).map(async (one) => {
        for (let tried = 0; tried < 5; tried++) await type(one, wrongCode(one.code))
      }),
    )
  const counted = await compared(asked)
  console.log(`[faults] 850 guesses in ${Math.round(performance.now() - began)} ms, ${counted} compared`)
  expect(counted).toBe(10)
  // Even the right code is refused now. The page says so, and the link still works.
  await type(first, first.code)
  expect(await stateOf(first)).toBe('requested')
  const page = await first.browser.see('/trial/check-email')
  expect(page).toContain('The link in the newest email still works')
  expect(page).not.toContain('api/trials/code')
}, 120_000)

test('a hundred simultaneous guesses are counted exactly', async () => {
  const email = freshAddress()
  const asked = await Promise.all(
    Array.from({ length: 25 }, () => ask(email, { company: `Spine ${++networks}` })),
  )
  await Promise.all(asked.flatMap((one) => Array.from({ length: 4 }, () => type(one, wrongCode(one.code)))))
  expect(await compared(asked)).toBe(10)
})

test('a code whose mail was not sent starts nothing: held, suppressed, queued, failed', async () => {
  const held = await ask(freshAddress(), { website: 'https://x.example' })
  const full = freshAddress()
  for (const company of ['One', 'Two', 'Three']) await ask(full, { company })
  const suppressed = await ask(full, { company: 'Four' })
  const failed = await ask(freshAddress())
  await sent(failed)
  await stack.query(`update mails set state = 'failed' where trial_id = $1`, [failed.id])
  await stack.kill(stack.worker)
  const queued = await ask(freshAddress())
  try {
    for (const [state, one] of Object.entries({ held, suppressed, failed, queued })) {
      expect(await mailState(one), state).toBe(state)
      // Answered like a wrong code, so that a stranger does not learn the mail's state.
      expect(await type(one, one.code), state).toBe('/trial/check-email?again=code')
      expect(await stateOf(one), state).toBe('requested')
    }
  } finally {
    stack.startWorker()
  }
  await sent(queued)
  expect(await type(queued, queued.code)).toBe('/trial/started')
})

test('a person with a trial is sent no code, so a stranger cannot prove that mailbox', async () => {
  const email = freshAddress()
  const owner = await ask(email)
  const code = codeIn(await stack.sink.waitFor(sentTo(email)))
  expect(await type(owner, code)).toBe('/trial/started')
  const stranger = await ask(email, { name: 'Mallory' })
  await sent(stranger)
  expect(await type(stranger, stranger.code)).toBe('/trial/check-email?again=code')
  expect(await stranger.browser.see('/trial/started')).toContain('No trial has been started in this browser')
  expect(await statesOf(stack, email)).toEqual(['active', 'requested'])
})

test('one network has thirty tries an hour, for all mailboxes together', async () => {
  const limited = await new Stack().start({ TRUST_PROXY: '1', RATE_LIMIT: 'on' })
  try {
    let compared = 0
    for (let at = 0; at < 9; at++) {
      const browser = new CookieBrowser(limited, '192.0.2.1')
      await browser.send('trial', form(freshAddress()))
      for (let tried = 0; tried < 4; tried++) {
        await browser.press('/api/trials/code', { code: '333333' })
        if ((await browser.see('/trial/check-email?again=code')).includes('isn’t the code')) compared++
      }
    }
    expect(compared).toBe(30)
    const browser = new CookieBrowser(limited, '192.0.2.1')
    await browser.send('trial', form(freshAddress()))
    await browser.press('/api/trials/code', { code: '333333' })
    expect(await browser.see('/trial/check-email?again=code')).toContain(
      'Too many codes were tried from your network',
    )
    const other = new CookieBrowser(limited, '192.0.2.2')
    await other.send('trial', form(freshAddress()))
    await other.press('/api/trials/code', { code: '333333' })
    expect(await other.see('/trial/check-email?again=code')).toContain('isn’t the code')
  } finally {
    await limited.stop()
  }
})
