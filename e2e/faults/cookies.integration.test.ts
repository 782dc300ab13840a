import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stack } from '../stack/stack.ts'

/** As behind a TLS proxy. The proxy itself is left out: it adds nothing that these tests check. */
let secure: Stack
let plain: Stack
beforeAll(async () => {
  secure = await new Stack().start({ APP_URL: 'https://front.example', WORKER: 'off' })
  plain = await new Stack().start({ WORKER: 'off' })
})
afterAll(() => Promise.all([secure.stop(), plain.stop()]))

const person = () => ({ name: 'Jane Roe', email: `${randomUUID()}@example.com`, company: 'Desert Spine' })

const press = (stack: Stack, path: string, fields: Record<string, string>, cookie = '') =>
  fetch(stack.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams(fields),
  })
const see = async (stack: Stack, path: string, cookie: string) => {
  const answer = await fetch(stack.url + path, { headers: { cookie }, redirect: 'manual' })
  return answer.status === 200 ? answer.text() : String(answer.status)
}
const given = (answer: Response) => answer.headers.getSetCookie()[0] ?? ''
const pairOf = (answer: Response) => given(answer).split(';')[0] ?? ''

/** The cookies of a visitor with a trial, of a form with errors, and of a mistyped code. */
async function giveAll(stack: Stack) {
  const visitor = await press(stack, '/api/submissions/trial', { ...person(), terms: 'on' })
  const draft = await press(stack, '/api/submissions/demo', { name: 'Corrected' })
  const typed = await press(stack, '/api/trials/code', { code: 'no' }, pairOf(visitor))
  return { visitor, draft, typed }
}

test('on https every cookie has the __Host- prefix', async () => {
  for (const [name, answer] of Object.entries(await giveAll(secure)))
    expect(given(answer)).toMatch(
      new RegExp(`^__Host-ts_${name}=[\\w.:-]+; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Lax; Secure$`),
    )
})

test('on http every cookie has its plain name, because browsers refuse the prefix there', async () => {
  for (const [name, answer] of Object.entries(await giveAll(plain)))
    expect(given(answer)).toMatch(
      new RegExp(`^ts_${name}=[\\w.:-]+; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Lax$`),
    )
})

/** Whether each page, file and endpoint recognizes the visitor of these cookies. */
async function knows(stack: Stack, { visitor, draft, typed }: Record<'visitor' | 'draft' | 'typed', string>) {
  const progress = await fetch(`${stack.url}/api/demo/progress`, {
    method: 'POST',
    headers: { cookie: visitor, 'content-type': 'application/json' },
    body: JSON.stringify({ spans: '', position: 1, duration: 60 }),
  })
  const film = await fetch(`${stack.url}/demo/captions.vtt`, { headers: { cookie: visitor } })
  return {
    '/review': (await see(stack, '/review', draft)).includes('Corrected'),
    '/trial': (await see(stack, '/trial', visitor)).includes('We filled in your earlier answers'),
    '/demo/watch': (await see(stack, '/demo/watch', visitor)).includes('<video'),
    '/trial/check-email': (await see(stack, '/trial/check-email', visitor)).includes('We have your request'),
    'a mistyped code': (await see(stack, '/trial/check-email?again=code', `${visitor}; ${typed}`)).includes(
      'Enter the six letters',
    ),
    'the film': film.status === 200,
    progress: progress.status === 204,
  }
}

async function pairs(stack: Stack) {
  const { visitor, draft, typed } = await giveAll(stack)
  return { visitor: pairOf(visitor), draft: pairOf(draft), typed: pairOf(typed) }
}
type Pairs = Awaited<ReturnType<typeof pairs>>
const change = (cookies: Pairs, how: (pair: string) => string) =>
  Object.fromEntries(Object.entries(cookies).map(([name, pair]) => [name, how(pair)])) as Pairs

test('every reader of a cookie uses its right name, on http and on https', async () => {
  for (const stack of [plain, secure]) {
    const known = await knows(stack, await pairs(stack))
    expect(Object.values(known), JSON.stringify(known)).not.toContain(false)
  }
})

test('on https a cookie without the prefix, which a sibling host can set, is ignored', async () => {
  const cookies = change(await pairs(secure), (pair) => pair.replace('__Host-', ''))
  const known = await knows(secure, cookies)
  expect(Object.values(known), JSON.stringify(known)).not.toContain(true)
  // Sent with our own cookie it changes nothing, in either order.
  const own = await pairs(secure)
  const tossed = (pair: string) => pair.replace(/^__Host-(\w+)=.*/, '$1=other')
  for (const both of [
    (pair: string) => `${pair}; ${tossed(pair)}`,
    (pair: string) => `${tossed(pair)}; ${pair}`,
  ]) {
    const still = await knows(secure, change(own, both))
    expect(Object.values(still), JSON.stringify(still)).not.toContain(false)
  }
})

test('of several visitor cookies with one name, the first valid one counts', async () => {
  const { visitor } = await pairs(plain)
  for (const cookie of [`ts_visitor=other; ${visitor}`, `${visitor}; ts_visitor=other`])
    expect(await see(plain, '/demo/watch', cookie)).toContain('<video')
})
