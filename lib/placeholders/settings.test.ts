import { expect, test } from 'vitest'
import { replacePlaceholders } from '#lib/placeholders/settings'

test('how long data is kept, in words for whole years up to nine', () => {
  const words = (retentionDays: number) =>
    replacePlaceholders('retention.invalid', { appUrl: 'https://one.example', retentionDays, trialDays: 14 })
  expect([1, 14, 365, 730, 731, 3285, 3650].map(words)).toEqual([
    '1 day',
    '14 days',
    'one year',
    'two years',
    '731 days',
    'nine years',
    '10 years',
  ])
})
