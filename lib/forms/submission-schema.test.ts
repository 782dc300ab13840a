import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { parseEmail } from '#lib/forms/email'
import { suggestEmail } from '#lib/forms/email-suggestion'
import { fieldsOf, formNames } from '#lib/forms/forms'
import { errorsOf, submissionSchema } from '#lib/forms/submission-schema'
import { cpuCost } from '../../e2e/stack/cpu-cost.ts'

const good = { name: 'Jane Roe', email: 'jane@example.com', company: 'Desert Spine' }
function errors(values: unknown) {
  const parsed = z.safeParse(submissionSchema('demo'), values)
  return parsed.success ? {} : errorsOf(parsed.error)
}

describe('email addresses', () => {
  test.each([
    ['a!b@c.example'],
    ['-x@a.example'],
    ['a@[127.0.0.1]'],
    ['"x@evil y"@a.example'],
    ['a@127.0.0.1'],
    ['a@x.example, b@y.example'],
    ['group: a@x.example;'],
    ['a@b'],
    ['Jane Roe c@d.example'],
    ['a..b@c.example'],
    ['a@c.example\r\nBcc: b@c.example'],
    [`${'a'.repeat(65)}@c.example`],
    [`a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}.example`],
    ['a@-b.example'],
    ['a%40b@c.example'],
  ])('%s is rejected', (input) => expect(parseEmail(input)).toBeUndefined())

  test.each([
    ["o'neil@Example.COM", "o'neil@example.com", "o'neil@example.com"],
    ['J.D+x@GoogleMail.com', 'J.D+x@googlemail.com', 'jd@gmail.com'],
    ['a@аpple.com', 'a@xn--pple-43d.com', 'a@xn--pple-43d.com'],
    [`${'a'.repeat(64)}@c.example`, `${'a'.repeat(64)}@c.example`, `${'a'.repeat(64)}@c.example`],
  ])('%s is kept as %s', (input, address, canonical) =>
    expect(parseEmail(input)).toMatchObject({ address, canonical }),
  )

  test.each([
    ['pat@gmial.com', 'pat@gmail.com'],
    ['pat@gmai.com', 'pat@gmail.com'],
    ['pat@yaho.com', 'pat@yahoo.com'],
    ['pat@gmail.com', undefined],
    ['pat@example.com', undefined],
    ['pat@mail.com', undefined],
    ['', undefined],
  ])('%s suggests %s', (input, suggestion) => expect(suggestEmail(input)).toBe(suggestion))

  test('no text makes the parser throw, and a parsed address parses again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (local, domain) => {
        const parsed = parseEmail(`${local}@${domain}`)
        if (parsed) expect(parseEmail(parsed.address)?.address).toBe(parsed.address)
      }),
    )
  })
})

describe('fields', () => {
  test('a valid form passes and is trimmed', () => {
    expect(z.parse(submissionSchema('demo'), { ...good, name: '  Jane Roe ' })).toMatchObject({
      name: 'Jane Roe',
    })
  })

  test('all missing fields are reported together', () => {
    expect(Object.keys(errors({}))).toEqual(['name', 'email', 'company'])
  })

  test.each([
    ['NUL', { name: 'a\0b' }],
    ['a lone surrogate', { name: 'a\ud800' }],
    ['a line break', { name: 'a\r\nBcc: x' }],
    ['U+2028', { company: 'a\u2028b' }],
    ['a list', { email: ['a@b.example'] }],
    ['too long a name', { name: 'x'.repeat(101) }],
    ['too long a message', { message: 'x'.repeat(2001) }],
    ['a number', { name: 7 }],
    ['a text for a box', { texts: 'on' }],
    ['letters for a telephone', { phone: 'call me' }],
    ['an EHR of no list', { ehr: 'nonsense' }],
  ])('%s is refused beside its field', (_, values) =>
    expect(Object.keys(errors({ ...good, ...values }))).toEqual(Object.keys(values)),
  )

  test('an undeclared field is reported by name', () => {
    for (const name of ['status', 'constructor', 'terms'])
      expect(Object.keys(errors({ ...good, [name]: 'x' }))).toEqual([name])
  })

  test.each(['760-334-5013', '(760) 334-5013', '+1 760 334 5013', '760.334.5013 x12', '+49 30 1234567'])(
    '%s is a telephone number',
    (phone) => expect(errors({ ...good, phone })).toEqual({}),
  )

  test('attribution is cut and never rejected', () => {
    const parsed = z.parse(submissionSchema('demo'), { ...good, utm_source: `a\0${'b'.repeat(300)}` })
    expect(String(parsed.utm_source)).toHaveLength(200)
  })

  test('a hundred thousand characters in any field are rejected quickly', async () => {
    const long = 'a@'.repeat(50_000)
    for (const form of formNames)
      for (const { name } of fieldsOf(form)) {
        const parse = () => z.safeParse(submissionSchema(form), { ...good, [name]: long })
        expect(await cpuCost(parse, 20), name).toBeLessThan(20)
      }
  })
})
