import { expect, test } from 'vitest'
import { phoneFault, readPhone } from '#lib/forms/phone'

test.each([
  '760-555-O134',
  '760-555-o134',
  '760-555-l234',
  '760-555-I234',
  '760-S55-0134',
  '760-SS5-0134',
  '76O-555-0134',
  '760-5S-0134',
  '(760) 555-O1O4',
  '760-555-O134 ext. 12',
  '760-555-013O',
  '+49 30 123456O',
  '+49 30 12O4567',
  '+44 20 7946 095О',
])('a letter typed for a digit does not make another number: %j is refused', (typed) => {
  expect(readPhone(typed)).toBeUndefined()
  expect(phoneFault(typed)).toContain('area code')
})

test.each([
  ['1-800-FLOWERS', '+18003569377'],
  ['760-FLOWERS', '+17603569377'],
  ['1-800-GO-FEDEX', '+18004633339'],
  ['+1 888 555-TELL', '+18885558355'],
  ['l-760-555-0134', '+17605550134'],
  ['760-555-0134 h', '+17605550134'],
  ['760-555-0134 desk', '+17605550134'],
  ['c 760-555-0134', '+17605550134'],
])('%j is %s', (typed, e164) => expect(readPhone(typed)?.e164).toBe(e164))
