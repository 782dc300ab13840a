import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { replaceErrorPages } from '#server/error-pages'

const ours = '<title>Ours</title><nav></nav><main id="main"><h1>Ours</h1></main>'
const page = { plain: Buffer.from(ours), policy: "script-src 'none'" }
const missing = { plain: Buffer.from('<h1>Nothing here</h1>'), policy: "script-src 'none'" }

async function answerOf(handle: (response: ServerResponse) => void) {
  const server = createServer((_, response) => {
    replaceErrorPages(response, { 404: missing, 500: page })
    handle(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const text = await answer.text()
  server.close()
  return { status: answer.status, text, headers: answer.headers }
}

function send(response: ServerResponse, status: number, type: string) {
  response.statusCode = status
  response.setHeader('Content-Type', type)
  response.flushHeaders()
  response.write('the framework’s ')
  response.end('own')
}

test.each([
  ['flushed and streamed', (response: ServerResponse) => send(response, 500, 'text/html; charset=utf-8')],
  [
    'ended at once',
    (response: ServerResponse) => {
      response.statusCode = 500
      response.setHeader('Content-Type', 'text/html')
      response.end('theirs')
    },
  ],
  [
    'with its head written',
    (response: ServerResponse) => response.writeHead(500, { 'Content-Type': 'text/html' }).end(),
  ],
])('a failed page, %s, is our page with its status', async (_, handle) => {
  const { status, text, headers } = await answerOf(handle)
  expect({ status, text }).toEqual({ status: 500, text: ours })
  expect(headers.get('content-security-policy')).toBe(page.policy)
  expect(headers.get('cache-control')).toBe('private, no-store')
})

test.each([
  [200, 'text/html'],
  [404, 'application/problem+json'],
  [500, 'application/problem+json'],
  [503, 'application/problem+json'],
])('an answer of %i, %s, passes untouched', async (status, type) => {
  expect(await answerOf((response) => send(response, status, type))).toMatchObject({
    status,
    text: 'the framework’s own',
  })
})

test('an address that leads nowhere has a page of ours, with its status', async () => {
  const { status, text } = await answerOf((response) => send(response, 404, 'text/html; charset=utf-8'))
  expect({ status, text }).toEqual({ status: 404, text: '<h1>Nothing here</h1>' })
})

test.each([429, 503])(
  'a page made by hand, %i, stands in our frame, with what was typed in it',
  async (status) => {
    const typed = 'costs $& or $1 <b>'.replace('<', '&lt;')
    const { text, headers } = await answerOf((response) => {
      response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' })
      response.write(`<html><head><title>Again</title></head><body><main><p>${typed}`)
      response.end('</p></main></body></html>')
    })
    expect(text).toBe(`<title>Again</title><nav></nav><main id="main"><p>${typed}</p></main>`)
    expect(Number(headers.get('content-length'))).toBe(Buffer.byteLength(text))
  },
)
