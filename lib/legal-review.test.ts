import { expect, test } from 'vitest'
import { parseConfig } from '#lib/config'
import { warnOfLegalReview } from '#lib/legal-review'

const PUBLIC = { APP_URL: 'https://www.trackstat.org', SMTP_URL: 'smtps://mail.example.com' }

test.each([
  [{}, false],
  [{ APP_URL: 'http://127.0.0.1:8080' }, false],
  [PUBLIC, true],
  [{ ...PUBLIC, LEGAL_REVIEWED: 'no' }, true],
  [{ ...PUBLIC, LEGAL_REVIEWED: 'yes' }, false],
])('%j: whether counsel is asked to review the legal pages: %s', (env, warned) => {
  expect(warnOfLegalReview(parseConfig(env)) !== undefined).toBe(warned)
})

test('LEGAL_REVIEWED is yes or no', () => {
  expect(() => parseConfig({ LEGAL_REVIEWED: 'true' })).toThrow('LEGAL_REVIEWED: must be yes or no')
})
