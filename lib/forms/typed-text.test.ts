import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { emailFault, parseEmail } from '#lib/forms/email'
import { suggestEmail } from '#lib/forms/email-suggestion'
import { phoneFault, readPhone } from '#lib/forms/phone'
import { errorsOf, submissionSchema } from '#lib/forms/submission-schema'
import { toPlainCode } from '#lib/forms/typed-text'
import { readCode, trialCode } from '#lib/trials/code'
import { realDomains } from '../../e2e/stack/real-domains.ts'

/** What people type and paste, by kind. */
const good = { name: 'Jane Roe', email: 'jane@example.com', company: 'Desert Spine' }
function judge(values: object): Record<string, unknown> {
  const parsed = z.safeParse(submissionSchema('demo'), { ...good, ...values })
  return parsed.success ? parsed.data : { errors: errorsOf(parsed.error) }
}

const invisible =
  '\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff\u202a\u202b\u202c\u202d\u202e'
const spaces = ' \t\u00a0\u1680\u2000\u2002\u2003\u2007\u2009\u200a\u202f\u205f\u3000'
const unseen = fc.string({ unit: fc.constantFrom(...invisible, ...spaces), maxLength: 3 })
/** A text with something unseen before, after and between its characters. */
const scattered = (text: string) =>
  fc
    .array(unseen, { minLength: text.length + 1, maxLength: text.length + 1 })
    .map((gaps) => gaps[0] + [...text].map((letter, at) => letter + gaps[at + 1]).join(''))
const invisibles = fc.string({ unit: fc.constantFrom(...invisible), maxLength: 3 })
const inserted = (text: string) =>
  fc.tuple(fc.nat(text.length), invisibles).map(([at, gap]) => text.slice(0, at) + gap + text.slice(at))
/** With white space too, where an address has no word before or after it. */
const spaced = ([local, host, top]: [string, string, string]) =>
  fc
    .tuple(unseen, unseen, unseen, unseen, unseen)
    .map((gap) => `${gap[0]}${local}${gap[1]}@${gap[2]}${host}${gap[3]}.${top}${gap[4]}`)

describe('telephone numbers', () => {
  const dashes = [
    ...'\u002d\u058a\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\u301c\ufe58\ufe63\uff0d',
  ]
  test.each([
    '\u202a(760) 555-0134\u202c',
    '\u200e+1 760 555 0134\u200f',
    '\u2066+1\u00a0760\u202f555\u20110134\u2069',
    ...dashes.map((dash) => `760${dash}555${dash}0134`),
    ...[...spaces].map((space) => `760${space}555${space}0134`),
    ...[
      'tel:+1-760-555-0134',
      'TEL:7605550134',
      'tel:760-555-0134;phone-context=+1',
      'tel:+17605550134;ext=12',
    ],
    ...['760-555-0134 (office)', '(office) 760-555-0134', 'Cell: 760-555-0134', '760.555.0134 mobile'],
    ...['760-555-0134 ext. 12', '760-555-0134 x12', '760-555-0134 ext 12 (front desk)', '760-555-0134 #12'],
    ...[
      '760 555 0134, ext. 12',
      '760-555-0134 extension 12',
      '７６０－５５５－０１３４',
      '（７６０）５５５ー０１３４',
    ],
    ...['٧٦٠٥٥٥٠١٣٤', '۷۶۰-۵۵۵-۰۱۳۴', '७६० ५५५ ०१३४', '๗๖๐ ๕๕๕ ๐๑๓๔', '𝟕𝟔𝟎-𝟓𝟓𝟓-𝟎𝟏𝟑𝟒', '7605550134'],
    ...[
      '1 (760) 555-0134',
      '+1.760.555.0134',
      '760/555/0134',
      '760·555·0134',
      '760,555,0134',
      '011 1 760 555 0134',
    ],
    '001 760 555 0134',
  ])('%j can be dialed', (typed) => {
    expect(readPhone(typed)?.e164).toBe('+17605550134')
    expect(judge({ phone: typed })).not.toHaveProperty('errors')
  })

  test.each([
    ['1-800-FLOWERS', '+18003569377'],
    ['1-800-CONTACTS', '+18002668228'],
    ['(800) GO-FEDEX', '+18004633339'],
    ['+1 888 555-TELL', '+18885558355'],
    ['1-800-flowers ext. 5', '+18003569377'],
    ['+49 30 1234567', '+49301234567'],
    ['0049 30 1234567', '+49301234567'],
    ['011 49 30 1234567', '+49301234567'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['+1 876 555 0134', '+18765550134'],
    ['+५२ ५५ १२३४ ५६७८', '+525512345678'],
  ])('%j is %s', (typed, e164) => expect(readPhone(typed)?.e164).toBe(e164))

  test.each([';ext=12', ' x12', ' x 12', ' ext. 12', ',12', ' ＃１２', ' extension 12', ' Ext.12'])(
    'the extension of 760-555-0134%s is read, and what was typed is kept',
    (end) => {
      expect(readPhone(`760-555-0134${end}`)).toEqual({ e164: '+17605550134', extension: '12' })
      expect(judge({ phone: `760-555-0134${end}` }).phone).toBe(`760-555-0134${end}`)
    },
  )

  test.each([
    '555-0134',
    '5550134',
    '334-5013',
    '1-555-0134',
    '555\u20110134',
    '555 0134 ext. 12',
    '+1 555-0134',
    '５５５－０１３４',
    '555-0134 (office)',
  ])('%j lacks its area code, and the message asks for it', (typed) =>
    expect(judge({ phone: typed })).toEqual({ errors: { phone: [expect.stringContaining('area code')] } }),
  )

  test.each([
    'call me',
    '0',
    '123-456-7890',
    '(060) 555-0134',
    '76055501345678',
    'x12',
    '+',
    '760-555-0134 or 760-555-0135',
    '12',
    '-',
  ])('%j is refused', (typed) => {
    expect(readPhone(typed)).toBeUndefined()
    expect(phoneFault(typed)).toContain('area code')
  })

  test('anything unseen, anywhere, changes nothing', () => {
    fc.assert(
      fc.property(
        scattered('760-555-0134'),
        (typed) => void expect(readPhone(typed)?.e164).toBe('+17605550134'),
      ),
    )
  })

  test('every accepted number fits the database’s check, and is stored in what is visible', () => {
    const digit = fc.constantFrom(...'0123456789+-() .x#,;extABC')
    fc.assert(
      fc.property(
        fc.string({ unit: digit, maxLength: 30 }),
        fc.constantFrom('', '+', '+49', '+1', '+299', '00'),
        (rest, start) => {
          const read = readPhone(start + rest)
          if (read) expect(read.e164).toMatch(/^\+[1-9][0-9]{6,14}$/)
        },
      ),
      { numRuns: 2000 },
    )
    expect(judge({ phone: '\u202a(760)\u00a0555\u20110134\u202c' }).phone).toBe('(760) 555\u20110134')
  })
})

describe('email addresses', () => {
  test.each([
    'mailto:jane@example.com',
    'MAILTO:jane@example.com?subject=Hello%20there',
    '<jane@example.com>',
    '<mailto:jane@example.com>',
    'Jane Roe <jane@example.com>',
    '"Roe, Jane" <jane@example.com>,',
    'jane@example.com <mailto:jane@example.com>',
    'Email: jane@example.com',
    'jane@example.com.',
    'jane@example.com,',
    'jane@example.com;',
    '“jane@example.com”',
    '(jane@example.com)',
    'jane＠example．com',
    'jane@example。com',
    'ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ',
    'jane﹫example.com',
    'jane @ example.com',
    'jane@example .com',
    'jane@exam\nple.com',
  ])('%j is jane@example.com', (typed) => {
    expect(parseEmail(typed)).toMatchObject({ typed: 'jane@example.com', address: 'jane@example.com' })
    expect(judge({ email: typed }).email).toBe('jane@example.com')
  })

  test('anything unseen, anywhere, changes nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          ...['jane@example.com', "o'neil+x@Example.Com"].map(inserted),
          spaced(['jane', 'example', 'com']),
        ),
        (typed) => {
          const parsed = parseEmail(typed)
          expect(['jane@example.com', "o'neil+x@Example.Com"]).toContain(parsed?.typed)
        },
      ),
    )
  })

  test.each([
    ['o’neil@example.com', "o'neil@example.com"],
    ['jane‑roe@my‑clinic.example', 'jane-roe@my-clinic.example'],
    ['Jane.Roe@Example.COM', 'Jane.Roe@example.com'],
    ['jane@bücher.example', 'jane@xn--bcher-kva.example'],
  ])('%s is mailed as %s', (typed, address) => expect(parseEmail(typed)?.address).toBe(address))

  test.each([
    'a@x.example, b@y.example',
    'a@x.example <b@x.example>',
    '<a@x.example> <b@x.example>',
    'Jane Roe jane@example.com',
    'jane@example.com Jane Roe',
    'jane@example.com work',
    'jane',
    '<>',
    'mailto:',
  ])('%j is unclear, and refused', (typed) => expect(parseEmail(typed)).toBeUndefined())

  test.each([
    'jörg@example.com',
    'иван@пример.рф',
    '用户@例え.jp',
    'Jörg <jörg@example.com>',
    'josé@example.com',
  ])('%s is refused, saying that it can’t be mailed from here and what to do', (typed) =>
    expect(judge({ email: typed })).toEqual({
      errors: { email: [expect.stringMatching(/can’t send email to .*\(760\) 334-5013/)] },
    }),
  )
  test.each(['jane', 'jörg', 'jane@', 'é@b'])('%s is not an address', (typed) =>
    expect(emailFault(typed)).toContain('Enter one email address'),
  )
})

describe('codes', () => {
  const code = trialCode('a', 1)
  test('unseen characters, dashes, full-width letters and lower case change nothing', () => {
    const dash = fc.constantFrom(...'-\u2010\u2011\u2012\u2013\u2014\u2212\u30fb._·/', '')
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
    const typed = fc
      .tuple(
        scattered(code),
        dash,
        fc.constantFrom(
          wide,
          (t: string) => t.toLowerCase(),
          (t: string) => t,
        ),
      )
      .map(([text, mark, shape]) => shape(text.replace(code[3] ?? '', mark + code[3])))
    fc.assert(fc.property(typed, (text) => void expect(readCode(text)).toBe(code)))
  })
  test('digits of other scripts are digits', () => expect(toPlainCode('٤k-७ｘ')).toBe('4K7X'))
})

describe('line ends', () => {
  test.each(['\r\n', '\r', '\n', '\v', '\f', '\u0085', '\u2028', '\u2029'])('%j is one line end', (end) => {
    expect(judge({ message: `one${end}two` }).message).toBe('one\ntwo')
    const long = `${'x'.repeat(1921)}${`${end}y`.repeat(39)}z`
    expect(String(judge({ message: long }).message)).toHaveLength(2000)
    expect(judge({ name: `Jane${end}Roe` })).toEqual({ errors: { name: ['Keep this on one line.'] } })
    expect(judge({ name: `Jane Roe${end}` }).name).toBe('Jane Roe')
  })

  test.each([
    ['Jane \u0007Roe', 'There is a hidden control character (U+0007) after “Jane”.'],
    ['\u0001Jane', 'There is a hidden control character (U+0001) at the start.'],
    ['a\0b', 'There is a hidden control character (U+0000) after “a”.'],
    [`${'x'.repeat(50)}\u009bz`, 'There is a hidden control character (U+009B) after “xxxxxxxxxxxx”.'],
    ['Jane \ud800Roe', 'There is a hidden control character (U+D800) after “Jane”.'],
  ])('%j is refused, naming the place', (text, message) => {
    for (const field of ['name', 'message'])
      expect(judge({ [field]: text })).toEqual({ errors: { [field]: [expect.stringContaining(message)] } })
  })
})

describe('joiners and what is blank', () => {
  test.each([
    ['\u200b\u2060 Jane Roe\ufeff', 'Jane Roe'],
    ['\u3164Jane\u2800', 'Jane'],
    ['محمد\u200cرضا', 'محمد\u200cرضا'],
    ['ශ්\u200dරී', 'ශ්\u200dරී'],
    ['മോഹന്\u200d ', 'മോഹന്\u200d'],
    ['Jane\u200d', 'Jane'],
    ['Jo 👩🏽\u200d⚕️', 'Jo 👩🏽\u200d⚕️'],
    [
      'Jo 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
      'Jo 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    ],
    ['Jane\tRoe', 'Jane Roe'],
  ])('%j is kept as %j', (typed, kept) => expect(judge({ name: typed }).name).toBe(kept))

  test.each([' ', '\u200b', '\u00a0\ufeff', '\u3164', '\u2800\u2800', '\r\n'])('%j is no name', (typed) =>
    expect(judge({ name: typed })).toEqual({ errors: { name: ['Enter your name.'] } }),
  )
})

test('what is stored is judged and cleaned the same again', () => {
  const pieces = [
    ...invisible,
    ...spaces,
    ...'aé@.<>,;()-7+x\r\n\v\u0085\u2028#',
    'a@b.example',
    '760-555-0134',
    'mailto:',
  ]
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, text, (name, email, phone) => {
      const once = judge({ name, email, phone })
      if (!('errors' in once)) expect(judge(once)).toEqual(once)
    }),
    { numRuns: 3000 },
  )
})

describe('suggestions', () => {
  test.each(realDomains)('none for %s', (domain) => expect(suggestEmail(`pat@${domain}`)).toBeUndefined())

  test.each([
    ['gmial.com', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gamil.com', 'gmail.com'],
    ['gmal.com', 'gmail.com'],
    ['gnail.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['Gmial.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmial.con', 'gmail.com'],
    ['yaho.com', 'yahoo.com'],
    ['yahooo.com', 'yahoo.com'],
    ['hotmial.com', 'hotmail.com'],
    ['hotmal.com', 'hotmail.com'],
    ['outlok.com', 'outlook.com'],
    ['iclod.com', 'icloud.com'],
    ['comcat.net', 'comcast.net'],
    ['aol.con', 'aol.com'],
    ['desertspine.con', 'desertspine.com'],
    ['desertspine.ogr', 'desertspine.org'],
  ])('%s suggests %s', (domain, meant) => {
    expect(suggestEmail(`Pat@${domain}`)).toBe(`Pat@${meant}`)
    expect(suggestEmail(`\u200bmailto:Pat@${domain} `)).toBe(`Pat@${meant}`)
  })
})
