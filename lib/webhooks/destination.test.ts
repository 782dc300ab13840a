import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isAllowedHost, isValidAllowEntry } from '#lib/allowed-hosts'
import { checkLiteral, DestinationRefused, guardedLookup, mayReach } from '#lib/webhooks/destination'

const CLOSED = [
  '127.0.0.1',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '10.0.0.1',
  '172.16.5.4',
  '192.168.1.1',
  '169.254.169.254',
  '0.0.0.0',
  '::',
  '::7f00:1',
  '::10.0.0.1',
  '100.64.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fe80::1',
  'fd00::1',
  '224.0.0.1',
  '255.255.255.255',
  'not an address',
]

test('only public addresses are reached', () => {
  for (const address of CLOSED)
    expect([address, mayReach(address, 'hooks.example', [])]).toEqual([address, false])
  for (const address of ['93.184.216.34', '2606:4700::1111'])
    expect([address, mayReach(address, 'hooks.example', [])]).toEqual([address, true])
})

test('what is named is reached, and nothing beside it', () => {
  expect(mayReach('10.1.2.3', 'crm.internal', ['crm.internal'])).toBe(true)
  expect(mayReach('10.1.2.3', 'other.internal', ['crm.internal'])).toBe(false)
  expect(mayReach('10.1.2.3', 'x', ['10.1.0.0/16'])).toBe(true)
  expect(mayReach('10.2.0.1', 'x', ['10.1.0.0/16'])).toBe(false)
  expect(mayReach('::ffff:10.1.2.3', 'x', ['10.1.2.3'])).toBe(true)
  expect(mayReach('::1', 'x', ['10.1.0.0/16'])).toBe(false)
})

test('an address in other clothes is judged as what it is', () => {
  // What the URL standard makes of them is what is connected to.
  for (const host of [
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '[::ffff:7f00:1]',
    '[::1]',
    '[::127.0.0.1]',
  ])
    expect(() => checkLiteral(new URL(`https://${host}/`).hostname, [])).toThrow(DestinationRefused)
  expect(() => checkLiteral('hooks.example', [])).not.toThrow()
})

test('the operator names hosts, addresses and ranges, and nothing else', () => {
  for (const part of ['crm.internal', 'localhost', '10.1.2.3', '10.1.0.0/16', '::1', 'fd00::/8'])
    expect([part, isValidAllowEntry(part)]).toEqual([part, true])
  for (const part of ['10.0.0.0/33', 'http://crm.internal', 'foo bar', '-x', '*'])
    expect([part, isValidAllowEntry(part)]).toEqual([part, false])
  expect(isAllowedHost('10.1.2.3', ['10.1.0.0/16'])).toBe(true)
  expect(isAllowedHost('[::1]', ['::1'])).toBe(true)
  expect(isAllowedHost('crm.internal', ['crm.internal'])).toBe(true)
  expect(isAllowedHost('x.example', ['10.1.0.0/16', 'crm.internal'])).toBe(false)
})

test('of a name with several addresses the public ones alone are connected to', async () => {
  const both = [
    { address: '10.0.0.1', family: 4 },
    { address: '93.184.216.34', family: 4 },
  ]
  const look = promisify(guardedLookup([], async () => both))
  expect(await look('hooks.example', { all: true })).toEqual(both.slice(1))
})

test('a name that is public at one time and private at the next is refused at the next', async () => {
  const answers = ['93.184.216.34', '127.0.0.1'].map((address) => [{ address, family: 4 }])
  const look = promisify(guardedLookup([], async () => answers.shift() ?? []))
  expect(await look('rebinds.example', { all: true })).toHaveLength(1)
  await expect(look('rebinds.example', { all: true })).rejects.toThrow(DestinationRefused)
})

test('a name is judged by what it stands for at the moment of connecting', async () => {
  const look = promisify(guardedLookup([]))
  await expect(look('localhost', { all: true })).rejects.toThrow(DestinationRefused)
  const allowed = promisify(guardedLookup(['localhost']))
  expect(JSON.stringify(await allowed('localhost', { all: true }))).toContain('127.0.0.1')
})
