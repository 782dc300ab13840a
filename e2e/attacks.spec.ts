import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { Stack } from './stack/stack.ts'
import { expect, test } from './stack/test.ts'

const good = (more: Record<string, unknown> = {}) => ({
  name: 'Jane Roe',
  email: `${randomUUID()}@example.com`,
  company: 'Desert Spine',
  ...more,
})

test('line breaks, address lists and unusual addresses are refused, and nothing is stored', async ({
  stack,
}) => {
  const [before] = await stack.query('select count(*) from submissions')
  for (const bad of [
    { name: 'a\r\nBcc: evil@evil.example' },
    { company: 'a\u2028b' },
    { email: 'a@b.example\nc@d.example' },
    { email: 'a@b.example, c@d.example' },
    { email: ['a@b.example'] },
    { email: '"x@evil y"@a.example' },
    { email: 'a@[127.0.0.1]' },
    { email: 'a!b@c.example' },
    { email: '-x@a.example' },
    { email: `${'a'.repeat(65)}@b.example` },
    { name: 'a\0' },
    { name: '\ud800' },
    { message: 'x'.repeat(2001) },
    { status: 'won' },
    { terms: true },
  ]) {
    const answer = await stack.post('demo', JSON.stringify(good(bad)))
    expect(answer.status, JSON.stringify(bad)).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(Object.keys((await answer.json()).errors)).toEqual(Object.keys(bad))
  }
  expect(await stack.query('select count(*) from submissions')).toEqual([before])
})

test('a body that is not a form is refused', async ({ stack }) => {
  const json = JSON.stringify(good())
  const cases: [number, string | Uint8Array, Record<string, string>][] = [
    [400, '{', {}],
    [400, '[]', {}],
    [400, '{"name":"a","name":"b"}', {}],
    [413, `{"a":${'['.repeat(100_000)}`, {}],
    [400, '['.repeat(30_000), {}],
    [415, json, { 'Content-Type': 'text/plain' }],
    [415, json, { 'Content-Type': 'application/xml' }],
    [415, json, { 'Content-Encoding': 'gzip' }],
    [415, json, { 'Content-Type': 'multipart/form-data; boundary=x' }],
    [415, json, { 'Content-Type': 'application/json; charset=utf-16' }],
    [400, Uint8Array.of(0x7b, 0xff, 0x7d), {}],
    [413, JSON.stringify(good({ message: 'x'.repeat(70_000) })), {}],
    [403, json, { Origin: 'https://evil.example' }],
    [403, json, { Origin: 'null' }],
    [403, json, { 'Sec-Fetch-Site': 'cross-site' }],
  ]
  for (const [status, body, headers] of cases) {
    const answer = await fetch(`${stack.url}/api/submissions/demo`, {
      method: 'POST',
      body: body as BodyInit,
      headers: { 'Content-Type': 'application/json', ...headers },
    })
    expect(answer.status, `${String(body).slice(0, 40)} ${JSON.stringify(headers)}`).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  }
  for (const name of ['__proto__', 'constructor']) {
    const answer = await stack.post(
      'demo',
      `{"name":"a","email":"a@b.example","company":"c","${name}":{"prototype":{"x":1},"x":1}}`,
    )
    expect(answer.status).toBe(422)
  }
  expect((await fetch(`${stack.url}/api/submissions/demo`)).status).toBe(405)
  expect((await stack.post('nothing', good())).status).toBe(404)
})

test('ten megabytes, chunked or with a false length, are not buffered in memory', async ({ stack }) => {
  const memory = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${stack.web.pid}/status`, 'utf8'))?.[1]) / 1024
  const before = memory()
  const port = Number(new URL(stack.url).port)
  const head = 'POST /api/submissions/demo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
  const send = (start: string, piece: string, pieces: number) =>
    new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.1')
      let answer = ''
      socket.on('data', (data) => {
        answer += data
      })
      socket.on('error', () => {}).on('close', () => done(answer))
      socket.setTimeout(20_000, () => socket.destroy())
      socket.write(start)
      for (let i = 0; i < pieces; i++) socket.write(piece)
      socket.end()
    })
  const piece = 'x'.repeat(65_536)
  const chunked = await send(
    `${head}Transfer-Encoding: chunked\r\n\r\n`,
    `${piece.length.toString(16)}\r\n${piece}\r\n`,
    160,
  )
  const announced = await send(`${head}Content-Length: 10485760\r\n\r\n`, piece, 160)
  for (const answer of [chunked, announced])
    expect(answer === '' || answer.includes(' 413 '), answer.slice(0, 80)).toBe(true)
  await send(`${head}Content-Length: 500\r\n\r\n`, '{"name":"cut', 1)
  expect(memory() - before).toBeLessThan(50)
  expect(await stack.query(`select 1 from leads where name like 'cut%'`)).toEqual([])
})

test('one key in a hundred simultaneous requests: one row, one set of mails, one response', async ({
  stack,
}) => {
  const fields = good()
  const headers = { 'Idempotency-Key': `"${randomUUID()}"` }
  const answers = await Promise.all(Array.from({ length: 100 }, () => stack.post('demo', fields, headers)))
  const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())))
  expect(bodies.size).toBe(1)
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(99)
  expect(
    await stack.query(
      'select kind from mails m join leads l on l.id = m.lead_id where email = $1 order by 1',
      [fields.email],
    ),
  ).toEqual([{ kind: 'demo-thanks' }, { kind: 'support-notice' }])
  expect((await stack.post('demo', { ...fields, name: 'Other' }, headers)).status).toBe(422)
})

test('links use APP_URL only, whatever the Host header', async ({ stack }) => {
  const fields = good()
  const answer = await stack.post(
    'trial',
    { ...fields, terms: true },
    { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', Forwarded: 'host=evil.example' },
  )
  expect((await answer.json()).next).toBe('/trial/check-email')
  const { mail } = await stack.sink.waitFor(({ to }) => to.includes(fields.email))
  expect(mail.text).toContain(`${stack.url}/trial/confirm?token=`)
  expect(`${mail.text}${mail.html}`).not.toContain('evil.example')
  const page = await fetch(`${stack.url}/demo`, { headers: { 'X-Forwarded-Host': 'evil.example' } })
  expect(await page.text()).not.toContain('evil.example')
})

test('the same response for known and new addresses', async ({ stack }) => {
  const known = good()
  await stack.post('trial', { ...known, terms: true })
  const shape = async (fields: unknown) => {
    const answer = await stack.post('trial', fields)
    const { next, reference } = await answer.json()
    return {
      status: answer.status,
      next,
      reference: reference.length,
      headers: [...answer.headers.keys()].sort(),
    }
  }
  expect(await shape({ ...known, terms: true, role: 'Owner' })).toEqual(
    await shape({ ...good(), terms: true }),
  )
})

test('the rate limit of a network holds, whatever X-Forwarded-For says', async () => {
  const stack = await new Stack().start({ RATE_LIMIT: 'on', WORKER: 'off' })
  try {
    let limited: Response | undefined
    for (let i = 0; i < 130 && !limited; i++) {
      const answer = await stack.post('demo', {}, { 'X-Forwarded-For': `198.51.100.${i}` })
      if (answer.status === 429) limited = answer
    }
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0)
  } finally {
    await stack.stop()
  }
})
