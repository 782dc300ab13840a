import { createHmac, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateEmbedded } from '#lib/launcher/database'
import { type EmbeddedServer, startEmbedded } from '#lib/postgres/server'
import { Stack } from '../stack/stack.ts'

let folder: string
let server: EmbeddedServer
let stack: Stack
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trackstat-down-'))
  chmodSync(folder, 0o711)
  server = await startEmbedded(folder)
  await Promise.all([migrateEmbedded(server), migrateEmbedded(server)]) // two instances at once
  stack = await new Stack().start({ DATABASE_URL: server.url })
  await stack.useServer(server)
})
afterAll(async () => {
  await stack.stop()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The answer is promised within 3 s; the rest is for a machine that has other work to do. */
function expectInTime(began: number): void {
  const took = Date.now() - began
  console.log(`[faults] the database does not answer: 503 after ${took} ms`)
  expect(took).toBeLessThan(8000)
}

const fields = () => ({ name: 'Jane Roe', email: `${randomUUID()}@example.com`, company: 'Desert Spine' })

test('the database is stopped while a visitor sends: 503, and the same key succeeds afterwards, once', async () => {
  const values = fields()
  const headers = { 'Idempotency-Key': randomUUID() }
  await server.stop()
  const began = Date.now()
  const answer = await stack.post('demo', values, headers)
  expect(answer.status).toBe(503)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expectInTime(began)
  expect((await fetch(`${stack.url}/readyz`)).status).toBe(503)
  expect((await fetch(`${stack.url}/healthz`)).status).toBe(200)
  const plain = await fetch(`${stack.url}/api/submissions/demo`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...values, message: '"kept" <b>' }),
  })
  expect(plain.status).toBe(503)
  const page = await plain.text()
  for (const kept of [values.name, values.email, '&#34;kept&#34; &#60;b&#62;']) expect(page).toContain(kept)
  // Within the site, with its name and its places.
  for (const part of [
    '<title>Please send this again</title>',
    'aria-label="Site"',
    '<style>',
    'Send it again</button>',
    ...ways,
  ])
    expect(page).toContain(part)
  await refusesHonestly()
  server = await startEmbedded(folder)
  await expect.poll(async () => (await stack.post('demo', values, headers)).status).toBeLessThan(202)
  expect(
    await stack.query('select 1 from submissions s join leads l on l.id = s.lead_id where l.email = $1', [
      values.email,
    ]),
  ).toHaveLength(1)
  await stack.sink.waitFor(({ to }) => to.includes(values.email))
})

/** What helps where the site does not. */
const ways = ['href="tel:+17603345013"', 'href="mailto:support@trackstat.org"']

/** Every other write: a person gets a page that says what to do, a program problem+json; both may ask again. */
async function refusesHonestly(): Promise<void> {
  const paths = ['/trial/confirm', '/api/trials/resend', '/unsubscribe']
  const token = signed('trial-confirm', `${randomUUID()}:1`)
  for (const path of paths) {
    const body = new URLSearchParams({
      token: path === '/unsubscribe' ? signed('unsubscribe', randomUUID()) : token,
    })
    const ask = (accept: string) =>
      fetch(stack.url + path, {
        method: 'POST',
        body,
        headers: { Accept: accept, Referer: `${stack.url}/trial/check-email` },
      })
    const [person, program] = [await ask('text/html'), await ask('application/json')]
    expect([person.status, program.status], path).toEqual([503, 503])
    expect([person, program].map(({ headers }) => Number(headers.get('retry-after')) > 0)).toEqual([
      true,
      true,
    ])
    const page = await person.text()
    expect(page, path).toContain('Trying again is safe')
    expect(page, path).toContain('href="/trial/check-email"')
    for (const part of ['aria-label="Site"', ...ways]) expect(page, path).toContain(part)
    expect(program.headers.get('content-type')).toBe('application/problem+json')
  }
}

/** As `lib/guard/token.ts` signs, with the secret of the stack. */
function signed(purpose: string, id: string): string {
  const mac = createHmac('sha256', stack.env.APP_SECRET ?? '')
    .update(`${purpose}\n${id}`)
    .digest('base64url')
  return `${id}.${mac.slice(0, 32)}`
}

test('a database that hangs: 503 within the limit, and the same key is safe', async () => {
  const values = fields()
  const headers = { 'Idempotency-Key': randomUUID() }
  // A lock that the insert has to wait for is a database that does not answer.
  const client = await stack.db.connect()
  await client.query('begin; lock table leads in access exclusive mode')
  const began = Date.now()
  const answer = await stack.post('demo', values, headers)
  expect(answer.status).toBe(503)
  expectInTime(began)
  await client.query('rollback')
  client.release()
  expect((await stack.post('demo', values, headers)).status).toBeLessThan(202)
})
