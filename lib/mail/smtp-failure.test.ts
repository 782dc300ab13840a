import { expect, test } from 'vitest'
import { classifyFailure, nextDelay, type Stage } from '#lib/mail/smtp-failure'

const failed = (code?: number, command?: string, message = 'x') =>
  Object.assign(new Error(message), { responseCode: code, command })

test.each<[string, Error, Stage, string]>([
  ['not reached', failed(), 'connect', 'server unreachable'],
  ['greeting 421', failed(421), 'connect', 'server unreachable'],
  ['greeting 554', failed(554), 'connect', 'server refused'],
  ['certificate', failed(undefined, 'CONN', 'certificate has expired'), 'connect', 'server refused'],
  [
    'unknown host with tls in its name',
    Object.assign(failed(undefined, 'CONN', 'getaddrinfo ENOTFOUND tls.example.com'), { code: 'EDNS' }),
    'connect',
    'server unreachable',
  ],
  [
    'greeting 421 that names TLS',
    failed(421, 'CONN', '421 tls.example.com busy'),
    'connect',
    'server unreachable',
  ],
  ['sign-in 535', failed(535), 'login', 'server refused'],
  ['sign-in 454', failed(454), 'login', 'server unreachable'],
  ['sign-in wanted at MAIL', failed(530, 'MAIL FROM'), 'mail', 'server refused'],
  ['sender refused', failed(550, 'MAIL FROM'), 'mail', 'server refused'],
  ['greylisted', failed(451, 'RCPT TO'), 'mail', 'temporary'],
  ['no such mailbox', failed(550, 'RCPT TO'), 'mail', 'permanent'],
  ['content refused', failed(554, 'DATA'), 'mail', 'permanent'],
  ['broken after the dot', failed(), 'mail', 'temporary'],
])('%s', (_, error, stage, expected) => {
  const failure = classifyFailure(error, stage)
  expect('state' in failure ? `${failure.kind} ${failure.state}` : failure.kind).toBe(expected)
})

test('pauses between retries grow; after five days there are no more', () => {
  expect(nextDelay(1, 0)).toBeLessThan(20)
  expect(nextDelay(40, 4 * 86_400)).toBeLessThanOrEqual(1980)
  expect(nextDelay(40, 5 * 86_400 + 1)).toBeUndefined()
})
