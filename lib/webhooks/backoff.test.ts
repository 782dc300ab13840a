import { expect, test } from 'vitest'
import { nextPause } from '#lib/webhooks/backoff'

test('ten attempts in a little over three days, never at the very same moment', () => {
  const pauses = Array.from({ length: 9 }, (_, attempt) => nextPause(attempt + 1) ?? 0)
  const sum = pauses.reduce((all, pause) => all + pause, 0)
  expect(sum).toBeGreaterThan(3 * 86_400)
  expect(sum).toBeLessThan(4 * 86_400)
  expect(nextPause(10)).toBeUndefined()
  expect(new Set(Array.from({ length: 50 }, () => nextPause(4))).size).toBeGreaterThan(10)
})

test('the receiver may ask for more time, in seconds or as a date, a day at the most', () => {
  const now = Date.parse('2026-11-24T08:00:00Z')
  // Never sooner, and with jitter.
  for (const [asked, least] of [
    ['120', 120],
    ['Tue, 24 Nov 2026 08:10:00 GMT', 600],
    ['99999999', 86_400],
  ] as const) {
    const pauses = Array.from({ length: 20 }, () => nextPause(1, asked, now) ?? 0)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(least)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(Math.ceil(least * 1.2))
    expect(new Set(pauses).size).toBeGreaterThan(3)
  }
  for (const odd of ['soon', '-5', '', 'Tue, 24 Nov 2020 08:10:00 GMT'])
    expect(nextPause(1, odd, now)).toBeLessThan(10)
})
