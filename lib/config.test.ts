import { expect, test } from 'vitest'
import { ConfigError, parseConfig } from '#lib/config'
import { maskEmail } from '#lib/mask'

test('no setting is required', () => {
  expect(parseConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    appUrl: 'http://localhost:3000',
    trialDays: 14,
    trustProxy: 0,
    rateLimit: true,
    worker: true,
    retentionDays: 730,
    supportEmails: ['support@trackstat.org'],
  })
})

test('every fault is named at once, by variable, with no value', () => {
  const env = {
    PORT: 'abc',
    APP_SECRET: 'short-secret',
    SMTP_URL: 'mailto:x',
    TRIAL_DAYS: '0',
    RATE_LIMIT: 'maybe',
    MAIL_FROM: 'nobody',
    DATABASE_URL: 'mysql://u:hunter2@h/d',
  }
  const message = (() => {
    try {
      parseConfig(env)
      return ''
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      return (error as Error).message
    }
  })()
  for (const name of Object.keys(env)) expect(message).toMatch(new RegExp(`^${name}: .*example`, 'm'))
  expect(message).not.toMatch(/short-secret|hunter2/)
})

test.each([
  [{ APP_URL: 'https://www.trackstat.org' }, 'SMTP_URL'],
  [{ DATABASE_URL: 'postgres://u:p@h/d' }, 'APP_SECRET'],
  [{ DKIM_DOMAIN: 'x.example' }, 'DKIM_'],
  [{ SMTP_URL: 'smtp://user:50%off@mail.example.com' }, 'SMTP_URL: must have %25'],
  [{ SMTP_URL: 'smtp://us%er:secret@mail.example.com' }, 'SMTP_URL: must have %25'],
  [{ SMTP_URL: 'smtp://user%C3:secret@mail.example.com' }, 'SMTP_URL: must have %25'],
  [{ MAIL_FROM: 'TrackStat\r\nBcc: x@y.example <a@b.example>' }, 'MAIL_FROM'],
])('%j is refused for %s', (env, name) => expect(() => parseConfig(env)).toThrow(name))

test('a log has no whole address', () => {
  expect(maskEmail('550 <jane.roe@example.com> unknown')).toBe('550 <j***@example.com> unknown')
})
