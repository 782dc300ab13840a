import { expect, test } from 'vitest'
import { emailFault, parseEmail } from '#lib/forms/email'

test.each([
  'Jane jane@practice.com',
  'Email jane@b.com',
  'E-mail jane@b.com',
  'Dr. jane@b.com',
  'a jane@b.com',
  'pat smith@x.com',
  'pat smith @ x.com',
  'pat smith@exam ple.com',
  'jane@b.health work',
  'jane@b.com 2',
  'jane@b.com. Thanks',
  'jane@b.com - work',
  'jane @ b.com work',
  'jane@b .com work',
  'jane@exam ple.com work',
  'jane@bücher.рф work',
  'Jane <pat jane@b.com>',
])('a word beside a whole address does not become part of it: %j is refused', (typed) => {
  expect(parseEmail(typed)).toBeUndefined()
  expect(emailFault(typed)).toContain('Enter one email address')
})

test.each([
  'jane @ example.com',
  'jane @example.com',
  'jane@ example.com',
  'jane@example .com',
  'jane@example. com',
])('a space beside the @ or a dot of the domain is a slip: %j is taken', (typed) =>
  expect(parseEmail(typed)?.typed).toBe('jane@example.com'),
)
