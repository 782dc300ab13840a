import { describe, expect, test } from 'vitest'
import { BODY_LIMIT, BodyRefused, parseBody, readBytes, readMediaType } from '#lib/guard/body'
import { isCrossSite } from '#lib/guard/cross-site'
import { networkOf } from '#lib/guard/rate'
import { signToken, verifyToken } from '#lib/guard/token'

const status = (work: () => unknown) => {
  try {
    work()
    return 200
  } catch (error) {
    if (error instanceof BodyRefused) return error.status
    throw error
  }
}
const bytes = (text: string) => new TextEncoder().encode(text)

describe('body', () => {
  test.each([
    ['application/json', null, 200],
    ['application/json; charset=UTF-8', 'identity', 200],
    ['application/x-www-form-urlencoded', null, 200],
    ['application/json; charset=utf-16', null, 415],
    ['text/plain', null, 415],
    ['application/xml', null, 415],
    ['multipart/form-data; boundary=x', null, 415],
    ['application/json', 'gzip', 415],
    [null, null, 415],
  ])('%s with encoding %s answers %s', (type, encoding, expected) =>
    expect(status(() => readMediaType(type, encoding))).toBe(expected),
  )

  test.each([
    ['{"a":"1","a":"2"}', 400],
    ['{"\\u0061":"1","a":"2"}', 400],
    ['[]', 400],
    ['null', 400],
    ['{', 400],
    ['['.repeat(30_000), 400],
    ['{"a":"x\\": y"}', 200],
  ])('JSON %.20s answers %s', (text, expected) =>
    expect(status(() => parseBody(bytes(text), 'json'))).toBe(expected),
  )

  test.each([
    ['a=1&a=2', 400],
    ['a=%ff%fe', 400],
    ['a=%', 200],
    ['a=%F0%9F%98%80+b', 200],
  ])('form %s answers %s', (text, expected) =>
    expect(status(() => parseBody(bytes(text), 'form'))).toBe(expected),
  )

  test('invalid UTF-8 is refused', () =>
    expect(status(() => parseBody(Uint8Array.of(0x7b, 0xff, 0x7d), 'json'))).toBe(400))

  test('__proto__ pollutes nothing', () => {
    parseBody(bytes('{"__proto__":{"x":1}}'), 'json')
    expect(({} as { x?: number }).x).toBeUndefined()
  })

  test('received bytes are counted, not Content-Length', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 8192
        controller.enqueue(new Uint8Array(8192))
      },
    })
    await expect(readBytes(endless)).rejects.toMatchObject({ status: 413 })
    expect(sent).toBeLessThan(BODY_LIMIT * 2)
  })
})

test.each([
  [{ origin: null, fetchSite: null }, false],
  [{ origin: 'https://www.example.org', fetchSite: 'same-origin' }, false],
  [{ origin: 'https://evil.example', fetchSite: null }, true],
  [{ origin: 'null', fetchSite: null }, true],
  [{ origin: 'null', fetchSite: 'same-origin' }, false],
  [{ origin: 'null', fetchSite: 'cross-site' }, true],
  [{ origin: 'null', fetchSite: 'same-site' }, true],
  [{ origin: 'null', fetchSite: 'none' }, true],
  [{ origin: 'null', fetchSite: 'same-origin, cross-site' }, true],
  [{ origin: 'https://evil.example', fetchSite: 'same-origin' }, true],
  [{ origin: null, fetchSite: 'cross-site' }, true],
  [{ origin: 'chrome-extension://x', fetchSite: null }, true],
  [{ origin: 'moz-extension://localhost', fetchSite: null }, true],
  [{ origin: 'file://', fetchSite: null }, true],
  [{ origin: 'foo:bar', fetchSite: null }, true],
  [{ origin: 'about:blank', fetchSite: null }, true],
  [{ origin: 'blob:https://www.example.org/x', fetchSite: null }, true],
  [{ origin: '', fetchSite: null }, true],
  [{ origin: 'http://www.example.org', fetchSite: null }, true],
  [{ origin: 'https://www.example.org.evil.example', fetchSite: null }, true],
])('origin %j is foreign: %s', (sent, foreign) =>
  expect(isCrossSite(sent, 'https://www.example.org')).toBe(foreign),
)

test('an IPv6 /64 is one network, and a mapped IPv4 address is the IPv4 one', () => {
  expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff::9'))
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1')
})

test('a token is valid for its purpose only', () => {
  const token = signToken('watch', 'abc')
  expect(verifyToken('watch', token)).toBe('abc')
  for (const wrong of [undefined, '', 'abc', token.slice(0, -1), `${token}x`, token.replace('abc', 'abd')])
    expect(verifyToken('watch', wrong)).toBeUndefined()
  expect(verifyToken('visitor', token)).toBeUndefined()
})
