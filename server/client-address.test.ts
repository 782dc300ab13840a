import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientAddress } from '#server/client-address'
import { cpuCost } from '../e2e/stack/cpu-cost.ts'

const PEER = '10.0.0.9'
const behind = (trusted: number, forwarded?: string) =>
  clientAddress(
    {
      headers: { 'x-forwarded-for': forwarded },
      socket: { remoteAddress: PEER },
    } as unknown as IncomingMessage,
    trusted,
  )

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:1234', '203.0.113.9'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['"[2001:db8::1]:443"', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['[fe80::1%25eth0]:80', 'fe80::1'],
  ['::ffff:203.0.113.9', '::ffff:203.0.113.9'],
  [' 203.0.113.9\t', '203.0.113.9'],
  ['198.51.100.1, 203.0.113.9:1234', '203.0.113.9'],
  ['198.51.100.1, , 203.0.113.9,', '203.0.113.9'],
])('an entry %j is the client %s', (entry, client) => expect(behind(1, entry)).toBe(client))

test.each([
  undefined,
  '',
  ' , ,',
  'unknown',
  '_hidden',
  'proxy.example',
  '203.0.113',
  '203.0.113.9:',
  '203.0.113.9:port',
  '203.0.113.9:123456',
  '203.0.113.9:1:2',
  '203.0.113.999',
  '0x7f.1',
  '010.0.0.1',
  '2130706433',
  '[203.0.113.9]',
  '[2001:db8::1',
  '2001:db8::1]',
  '[2001:db8::1]443',
  '[[2001:db8::1]]',
  '[]',
  '203.0.113.9\r\nX: y',
  `[${'1'.repeat(60_000)}]`,
  `${'['.repeat(60_000)}`,
  `${' '.repeat(60_000)}!`,
])('an entry that is no address falls back to the connection: %j', async (entry) => {
  expect(behind(1, entry)).toBe(PEER)
  expect(behind(1, `198.51.100.1, ${entry ?? ''}`)).toBe(entry?.replace(/[\s,]/g, '') ? PEER : '198.51.100.1')
  expect(await cpuCost(() => behind(1, entry), 10)).toBeLessThan(10)
})

test('what stands left of the trusted proxies is never believed', () => {
  expect(behind(0, '203.0.113.9')).toBe(PEER)
  expect(behind(1, '192.0.2.1, 203.0.113.9')).toBe('203.0.113.9')
  expect(behind(2, '192.0.2.1, 203.0.113.9, 10.0.0.8:80')).toBe('203.0.113.9')
  expect(behind(3, '203.0.113.9')).toBe('203.0.113.9')
})
