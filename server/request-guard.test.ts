import { describe, expect, test } from 'vitest'
import { ownPath } from '#lib/guard/own-path'
import { afterForm, visitToken } from '#lib/leads/visitor'
import { type Admitted, checkRequest, limitHeaders } from '#server/request-guard'
import { createRoutes } from '#server/routes'

const findRoute = createRoutes([
  { path: '/', kind: 'page' },
  { path: '/[slug]', kind: 'page' },
  { path: '/trial', kind: 'page' },
  { path: '/trial/known', kind: 'page' },
  { path: '/trial/confirm', kind: 'page' },
  { path: '/trial/started', kind: 'page', polls: true },
  { path: '/_not-found', kind: 'page' },
  { path: '/feed.xml', kind: 'handler' },
  { path: '/api/trials/confirm', kind: 'handler' },
  { path: '/api/trials/[reference]/[order]', kind: 'handler' },
  { path: '/icons/192.png', kind: 'file' },
])
const ask = (method: string, url: string, headers = {}) => {
  const checked = checkRequest({ method, url, headers }, findRoute)
  if ('url' in checked) return checked.url
  return checked.headers.Location ? `${checked.status} ${checked.headers.Location}` : checked.status
}

describe('a request target', () => {
  test.each([
    ['/', '/'],
    ['/97014?utm_source=%', '/97014?utm_source=%'],
    ['/%39%37014', '/97014'],
    ['/97014#demo', '/97014'],
    ['http://evil.example/97014?a#b', '/97014?a'],
    ['http://evil.example', '/'],
    ['HTTP://user@evil.example:1?a', '/?a'],
    ['/97014/?a=//x', '308 /97014?a=//x'],
    ['http://evil.example/trial/', '308 /trial'],
    ['/_next/static/chunks/a-b.c~d.js', '/_next/static/chunks/a-b.c~d.js'],
    ['/icons/192.png', '/icons/192.png'],
    ['/demo/sample.mp4', '/demo/sample.mp4'],
    ['/api/trials/TS-1/extend', '/api/trials/TS-1/extend'],
    ['*', 400],
    ['', 400],
    ['97014', 400],
    ['evil.example:443', 400],
    ['ftp://evil.example/97014', 400],
    ['http:///97014', 400],
    ['\\97014', 400],
    ['//97014', 404],
    ['//evil.example/', 404],
    ['/\\evil.example/', 404],
    ['/x//', 404],
    ['/./97014', 404],
    ['/%2e%2e/97014', 404],
    ['/a/../97014', 404],
    ['/%', 404],
    ['/%00', 404],
    ['/97014%2f', 404],
    ['/%ff', 404],
    ['/é', 404],
    ['/97014.rsc', 404],
    ['/_not-found', 404],
    ['/_anything', 404],
    ['/__proto__', 404],
    ['/_next/image?url=x', 404],
    ['/_next/data/x/97014.json', 404],
    ['/_next/static/../server/x', 404],
    ['/_next/static/.x', 404],
    ['/[slug]', 404],
    [`/${'a'.repeat(10_000)}`, 404],
  ])('%s', (target, expected) => expect(ask('GET', target)).toBe(expected))
})

test.each([
  ['HEAD', '/97014', '/97014'],
  ['POST', '/97014', 405],
  ['OPTIONS', '/97014', 405],
  ['POST', '/icons/192.png', 405],
  ['POST', '/_next/static/a.js', 405],
  ['POST', '/trial/confirm?token=x', '/api/trials/confirm?token=x'],
  ['POST', '/trial/confirm/', '308 /trial/confirm'],
  ['PUT', '/trial/confirm', 405],
  ['POST', '/api/trials/x/cancel', '/api/trials/x/cancel'],
  ['DELETE', '/api/trials/x/cancel', '/api/trials/x/cancel'],
  ['TRACE', '/api/trials/x/cancel', 405],
  ['PROPFIND', '/feed.xml', 405],
  ['POST', '/feed.xml', 405],
  ['POST', '/nothing/here', 404],
])('%s %s', (method, target, expected) => expect(ask(method, target)).toBe(expected))

test('a refused method names those that are taken', () => {
  const checked = checkRequest({ method: 'PUT', url: '/trial/confirm', headers: {} }, findRoute)
  expect(checked).toEqual({ status: 405, headers: { Allow: 'GET, HEAD, POST' } })
})

test('the trial form is filled in for a browser that we know, and for no other cookie', () => {
  const known = `ts_visitor=${visitToken(afterForm(undefined, 'demo', 'd'))}`
  for (const cookie of [known, `a=b; ${known}`, `ts_visitor=other; ${known}`])
    expect(ask('GET', '/trial?a', { cookie })).toBe('/trial/known?a')
  for (const cookie of ['a=b', 'ts_visitor=', 'a=b; ts_visitor=%', `x${known}`])
    expect(ask('GET', '/trial', { cookie }), cookie).toBe('/trial')
})

test('page data is for pages that refresh themselves, and asked for in one way', () => {
  expect(ask('GET', '/trial/started?a=1&_rsc=x&_rsc', { rsc: '1' })).toBe('/trial/started?a=1&_rsc')
  expect(ask('GET', '/trial/started', { rsc: '1' })).toBe('/trial/started?_rsc')
  for (const rsc of ['2', '', '1, 1', 'true'])
    expect(ask('GET', '/trial/started?_rsc=x', { rsc })).toBe('/trial/started?_rsc=x')
  expect(ask('GET', '/97014?_rsc=x', { rsc: '1' })).toBe('/97014?_rsc=x')
})

test('Next gets the headers that are known, and our host', () => {
  const sent = { host: 'evil.example', cookie: 'a=b', rsc: '1', 'next-action': 'x', 'x-matched-path': '/' }
  const page = (pageData: boolean): Admitted => ({ kind: 'page', url: '/', pageData })
  const whole = { ...sent }
  limitHeaders(whole, page(false), 'https://www.example.org')
  expect(whole).toEqual({ host: 'www.example.org', cookie: 'a=b' })
  const refreshed = { ...sent }
  limitHeaders(refreshed, page(true), 'https://www.example.org')
  expect(refreshed).toEqual({ host: 'www.example.org', cookie: 'a=b', rsc: '1' })
})

test.each([
  ['https://www.example.org/demo?a=b#c', '/demo?a=b'],
  ['https://www.example.org', '/'],
  ['https://www.example.org//evil.example/x', undefined],
  ['https://www.example.org/\\evil.example/x', undefined],
  ['https://www.example.org/.//evil.example', undefined],
  ['https://www.example.org/\t/evil.example', undefined],
  ['https://www.example.org/%2F/evil.example', '/%2F/evil.example'],
  ['https://www.example.org@evil.example/x', undefined],
  ['https://www.example.org.evil.example/x', undefined],
  ['http://www.example.org/x', undefined],
  ['//evil.example', undefined],
  ['/demo', undefined],
  ['javascript:alert(1)', undefined],
  ['about:blank', undefined],
  ['%', undefined],
  [null, undefined],
])('the own path of %j is %j', (address, path) =>
  expect(ownPath(address, 'https://www.example.org')).toBe(path),
)
