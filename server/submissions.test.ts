import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BODY_LIMIT } from '#lib/guard/body'
import { sendSubmission, submittedForm } from '#server/submissions'

let server: Server
let origin = ''

beforeAll(async () => {
  // Counting needs the database, which none of these answers does.
  process.env.RATE_LIMIT = 'off'
  server = createServer((request, response) => {
    request.headers['x-trackstat-address'] = '192.0.2.1'
    void sendSubmission(submittedForm(request) ?? '', request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const post = (form: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}/api/submissions/${form}`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
  })

test('only a POST to a form is a submission', () => {
  const formOf = (method: string, url: string) => submittedForm({ method, url } as never)
  expect(formOf('POST', '/api/submissions/demo')).toBe('demo')
  expect(formOf('POST', '/api/submissions/demo?from=mail')).toBe('demo')
  for (const url of ['/api/submissions', '/api/submissions/', '/api/submissions/demo/more', '/demo'])
    expect(formOf('POST', url), url).toBeUndefined()
  expect(formOf('GET', '/api/submissions/demo')).toBeUndefined()
})

test('the status, the headers and the body of the handler’s answer are sent', async () => {
  expect((await post('unknown', '{}')).status).toBe(404)
  expect((await post('demo', '{}', { 'Content-Type': 'text/plain' })).status).toBe(415)
  expect((await post('demo', '{}', { Origin: 'https://other.example' })).status).toBe(403)
  expect((await post('demo', '{')).status).toBe(400)
  const faulty = await post('demo', '{"email":"x"}')
  expect(faulty.status).toBe(422)
  expect(faulty.headers.get('content-type')).toBe('application/problem+json')
  expect(faulty.headers.get('cache-control')).toBe('private, no-store')
  expect(Object.keys(((await faulty.json()) as { errors: object }).errors)).toContain('email')
})

test('a body that is too large is answered before it has arrived, and its connection closed', async () => {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  socket.write('POST /api/submissions/demo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n')
  socket.write(`Content-Length: ${BODY_LIMIT * 4}\r\n\r\n${'x'.repeat(BODY_LIMIT + 1)}`)
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  expect(answer).toMatch(/\r\nconnection: close\r\n/i)
})
