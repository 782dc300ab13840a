import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stack } from '../stack/stack.ts'

let stack: Stack
beforeAll(async () => {
  stack = await new Stack().start({ TRUST_PROXY: '1', WORKER: 'off' })
})
afterAll(() => stack.stop())

/** Sends a form as a page without script does, and returns the page with its errors. */
async function correct(fields: Record<string, string>, network: string): Promise<string> {
  const answer = await fetch(`${stack.url}/api/submissions/demo`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'X-Forwarded-For': network },
    body: new URLSearchParams(fields),
  })
  expect(answer.headers.get('location')).toBe('/review')
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return (await fetch(`${stack.url}/review`, { headers: { cookie } })).text()
}

test('forms full of unknown fields do not fill the disk, and their known values are shown again', async () => {
  const large = () => ({ name: 'Jane Roe', email: 'jane', [randomUUID()]: randomUUID().repeat(1600) })
  for (let batch = 0; batch < 13; batch++)
    await Promise.all(Array.from({ length: 10 }, () => correct(large(), '198.51.100.7')))
  const [stored] = await stack.query<{ n: number; bytes: number }>(
    'select count(*)::int as n, sum(length(values::text || errors::text))::int as bytes from drafts',
  )
  console.log(`[drafts] 130 forms of 58 kB from one network: ${stored?.n} kept, ${stored?.bytes} bytes`)
  expect(stored?.n).toBe(100)
  expect(stored?.bytes).toBeLessThan(50_000)
  expect(await correct(large(), '198.51.100.7')).toContain('value="Jane Roe"')
})

test('the page says that nothing is lost only when that is true', async () => {
  const message = 'It does not work. '.repeat(130)
  const page = await correct({ name: 'Jane Roe', message }, '198.51.100.8')
  expect(page).toContain(message.trim())
  expect(page).toContain('Nothing you typed is lost.')
  const long = await correct({ name: 'Jane Roe', message: message.repeat(2) }, '198.51.100.8')
  expect(long).toContain('What was far too long was cut at its end; the rest is kept.')
  expect(long).not.toContain('Nothing you typed is lost')
})
