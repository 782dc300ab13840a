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

test('a database that takes no write: not ready, although it answers, and ready again by itself', async () => {
  const [{ name } = {}] = await stack.query('select current_database() as name')
  const readOnly = async (value: string) => {
    // Once it is set, our own connections write only where they ask for it.
    await stack.query(
      `begin read write; alter database ${name} set default_transaction_read_only = ${value}; commit`,
    )
    await stack.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'trackstat web'`,
    )
  }
  await readOnly('on')
  const body = {
    database: 'unavailable',
    mail: 'unknown',
    worker: 'unknown',
    oldest_unsent_s: null,
    failed: null,
  }
  await until().toEqual({ status: 503, body })
  expect((await stack.post('demo', { name: 'Jane Roe', email: 'j@example.com', company: 'D' })).status).toBe(
    503,
  )
  await readOnly('off')
  await until().toMatchObject({ status: 200 })
})
