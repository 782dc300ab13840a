import { expect, test } from 'vitest'
import { readTimeZone } from '#lib/trials/time-zone'

test('a zone is taken by its name and nothing else goes into a mail', () => {
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
