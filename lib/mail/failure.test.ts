import { expect, test } from 'vitest'
import { nextDelay, type Stage, sortFailure } from '#lib/mail/failure'

const failed = (code?: number, command?: string, message = 'x') =>
  Object.assign(new Error(message), { responseCode: code, command })

test.each<[string, Error, Stage, string]>([
  ['not reached', failed(), 'connect', 'route unreachable'],
  ['greeting 421', failed(421), 'connect', 'route unreachable'],
  ['greeting 554', failed(554), 'connect', 'route refused'],
  ['certificate', failed(undefined, 'CONN', 'certificate has expired'), 'connect', 'route refused'],
  ['sign-in 535', failed(535), 'login', 'route refused'],
  ['sign-in 454', failed(454), 'login', 'route unreachable'],
  ['sign-in wanted at MAIL', failed(530, 'MAIL FROM'), 'mail', 'route refused'],
  ['sender refused', failed(550, 'MAIL FROM'), 'mail', 'route refused'],
  ['greylisted', failed(451, 'RCPT TO'), 'mail', 'later'],
  ['no such mailbox', failed(550, 'RCPT TO'), 'mail', 'never'],
  ['content refused', failed(554, 'DATA'), 'mail', 'never'],
  ['broken after the dot', failed(), 'mail', 'later'],
])('%s', (_, error, stage, expected) => {
  const failure = sortFailure(error, stage)
  expect('state' in failure ? `${failure.sort} ${failure.state}` : failure.sort).toBe(expected)
})

test('retries come at growing distances for five days, and then no more', () => {
  expect(nextDelay(1, 0)).toBeLessThan(20)
  expect(nextDelay(40, 4 * 86_400)).toBeLessThanOrEqual(1980)
  expect(nextDelay(40, 5 * 86_400 + 1)).toBeUndefined()
})
