import { expect, test } from 'vitest'
import { givenOwnDatabase } from '../../../../../e2e/stack/own-database.ts'
import { startedTrial } from '../../../../../e2e/stack/trial-rows.ts'
import { POST } from './route.ts'

const token = 'a-token-of-the-product,-forty-characters'
Object.assign(process.env, {
  API_TOKEN: token,
  WEBHOOK_URL: 'https://app.example/hooks',
  WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  WEBHOOK_ALLOW: 'app.internal',
})
givenOwnDatabase()

/** `access` as the product orders it; the body's length is in its header, as HTTP clients send it. */
async function giveAccess(reference: string, body?: string, headers: Record<string, string> = {}) {
  const request = new Request(`http://localhost/api/trials/${reference}/access`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      ...(!headers['Transfer-Encoding'] && { 'Content-Length': String(body?.length ?? 0) }),
      ...headers,
    },
    // A stream, because Request would add a Content-Type to a text.
    ...(body && { body: new Blob([body]).stream(), duplex: 'half' }),
  })
  const answer = await POST(request, { params: Promise.resolve({ reference, order: 'access' }) })
  const { login_url, errors } = await answer.json()
  return { status: answer.status, login_url, errors }
}
const json = { 'Content-Type': 'application/json' }

test('a link with http is taken where WEBHOOK_ALLOW names its host, as by the command', async () => {
  const { reference } = await startedTrial()
  const order = (link: string) => giveAccess(reference, JSON.stringify({ login_url: link }), json)
  expect((await order('http://other.internal/in')).errors).toHaveProperty('login_url')
  expect(await order('http://app.internal/in')).toMatchObject({
    status: 200,
    login_url: 'http://app.internal/in',
  })
})

test('a link without Content-Type is refused, not ignored; no body is no link', async () => {
  const { reference } = await startedTrial()
  const link = '{"login_url": "https://app.example/in"}'
  expect(await giveAccess(reference, link)).toMatchObject({ status: 415 })
  expect(await giveAccess(reference, link, { 'Transfer-Encoding': 'chunked' })).toMatchObject({ status: 415 })
  expect(await giveAccess(reference)).toMatchObject({ status: 200, login_url: null })
  expect(await giveAccess(reference, undefined, json)).toMatchObject({ status: 200, login_url: null })
  expect(await giveAccess(reference, link, json)).toMatchObject({ login_url: 'https://app.example/in' })
})
