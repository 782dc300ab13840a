import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MailSink, reply } from '../stack/mail-sink.ts'
import { Stack } from '../stack/stack.ts'

const sink = new MailSink()
const stack = new Stack()
beforeAll(async () => {
  await sink.start()
  sink.behavior.auth = () => reply(535, 'Authentication of user@mx.example failed')
  await stack.start({ SMTP_URL: `smtp://user:secret@127.0.0.1:${sink.port}` })
})
afterAll(async () => {
  await stack.stop()
  await sink.stop()
})

const probe = async (query = '') => {
  const answer = await fetch(`${stack.url}/readyz${query}`)
  return { status: answer.status, body: await answer.json() }
}
const until = (query: string) => expect.poll(() => probe(query), { timeout: 20_000 })

test('a mail server that refuses sign-in: ready, no delivery, and only the doctor shows its reply', async () => {
  await until('?delivery').toEqual({
    status: 200,
    body: { database: 'ok', mail: 'ok', worker: 'ok', oldest_unsent_s: 0, failed: 0 },
  })
  await stack.post('demo', { name: 'Jane Roe', email: 'jane@example.com', company: 'Desert Spine' })
  const body = {
    database: 'ok',
    mail: 'refused',
    worker: 'ok',
    oldest_unsent_s: expect.any(Number),
    failed: 0,
  }
  await until('?delivery').toEqual({ status: 503, body })
  await until('').toEqual({ status: 200, body })
  expect(JSON.stringify(await probe())).not.toMatch(/535|127\.0\.0\.1|user/)
  const doctor = await promisify(execFile)('node', ['lib/doctor/doctor.ts'], {
    env: { ...process.env, ...stack.env },
  }).catch((end) => end)
  expect(doctor.stdout).toMatch(/^WRONG {2}Delivery +refused for 1 min: .*535/m)
  expect(stack.log.join('')).toMatch(/535/)
})

test('no worker: ready, but no delivery', async () => {
  await stack.kill(stack.worker)
  await stack.query(`update workers set seen_at = now() - interval '40 s'`)
  await until('?delivery').toMatchObject({ status: 503, body: { worker: 'silent' } })
  await until('').toMatchObject({ status: 200 })
})

test('a thousand simultaneous probes cause few writes', async () => {
  await stack.query('create sequence probes')
  await stack.query(
    // The service role has no rights on the sequence.
    `create function count_probe() returns trigger security definer language plpgsql as $$begin perform nextval('probes'); return null; end$$`,
  )
  await stack.query(
    'create trigger count_probe after insert or update on rate_limits for each row execute function count_probe()',
  )
  const began = Date.now()
  const answers = await Promise.all(Array.from({ length: 1000 }, () => probe()))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  const [{ last_value: writes } = {}] = await stack.query('select last_value from probes')
  expect(Number(writes)).toBeGreaterThan(0)
  expect(Number(writes)).toBeLessThanOrEqual(2 + (Date.now() - began) / 1000)
})
