import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stack } from '../stack/stack.ts'

const stack = new Stack()
beforeAll(async () => void (await stack.start({ WORKER: 'off' })))
afterAll(() => stack.stop())

const probe = async () => {
  const answer = await fetch(`${stack.url}/readyz`)
  return { status: answer.status, body: await answer.json() }
}
const until = () => expect.poll(probe, { timeout: 20_000 })

const JANE = { name: 'Jane Roe', email: 'j@example.com', company: 'Desert Spine' }
const submit = async () => (await stack.post('demo', JANE)).status

/** Sets what new sessions may do; open sessions keep their setting. */
async function setReadOnly(value: 'on' | 'off'): Promise<void> {
  const [{ name } = {}] = await stack.query('select current_database() as name')
  await stack.query(
    `begin read write; alter database ${name} set default_transaction_read_only = ${value}; commit`,
  )
}
const endSessions = () =>
  stack.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'trackstat web'`,
  )

test('a read-only database: not ready, although it answers, and ready again automatically', async () => {
  await setReadOnly('on')
  await endSessions()
  const body = {
    database: 'unavailable',
    mail: 'unknown',
    worker: 'unknown',
    oldest_unsent_s: null,
    failed: null,
  }
  await until().toEqual({ status: 503, body })
  const refused = await Promise.all(Array.from({ length: 20 }, submit))
  expect(new Set(refused)).toEqual(new Set([503]))
  await setReadOnly('off')
  await until().toMatchObject({ status: 200 })
})
