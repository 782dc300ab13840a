import { expect, test } from 'vitest'
import { readTimeZone } from '#lib/trials/time-zone'

test('only names of known zones are accepted', () => {
  expect(readTimeZone('Asia/Tokyo')).toBe('Asia/Tokyo')
  expect(readTimeZone('America/Argentina/Buenos_Aires')).toBe('America/Argentina/Buenos_Aires')
  expect(readTimeZone('UTC')).toBe('UTC')
  for (const given of [
    '',
    'Mars/Olympus',
    '+02:00',
    'Asia/Tokyo\r\nBcc: x@y.example',
    '<b>',
    'A'.repeat(100),
    7,
    undefined,
  ])
    expect(readTimeZone(given), String(given)).toBeUndefined()
})
