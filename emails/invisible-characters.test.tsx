import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markInvisible, markInvisibleInLine, oneLine } from '#emails/invisible-characters'

// Any UTF-16, lone surrogates too; every second character is an invisible one.
const unseen = fc.constantFrom(
  ...'\0\u0007\u001b\u0085\u00ad\u061c\u200b\u200d\u200e\u202e\u2028\u2066\u2800\u3164\ufeff\ufe0f\ud800',
)
const anything = fc
  .array(fc.oneof(unseen, fc.integer({ min: 0, max: 0xffff }).map(String.fromCharCode)))
  .map((all) => all.join(''))

/** What shapes the visible characters beside it. */
const SHAPING =
  /(?<=\p{ExtPict}|\p{EMod}|\uFE0F)(?:\u200D|\uFE0F|\uFE0E)|(?<=[\p{L}\p{M}])[\u200B-\u200D]|(?<=[\d#*])\uFE0F(?=\u20E3)|(?<=\p{Script=Mongolian})[\u180B-\u180D\u180F]|(?<=\p{Script=Han})[\uFE00-\uFE02]/gu

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/u

const shaped = [
  ...['محمد\u200cرضا', 'علی\u200cاکبر نژاد', 'می\u200cخواهم', 'خانه\u200cهای', 'ک\u200dتاب'],
  ...['क्\u200dष', 'राम्\u200cलाल', 'র\u200d্যাম', 'ශ්\u200dරී', 'ന്\u200dറെ', 'മോഹന്\u200d', 'ಕ್\u200cಷ', 'த்\u200cய'],
  ...[
    '👩🏽\u200d⚕\ufe0f',
    '👨\u200d👩\u200d👧\u200d👦',
    '🏳\ufe0f\u200d⚧\ufe0f',
    '🏴\u200d☠\ufe0f',
    '👩\u200d⚕',
    '👩🏿\u200d🦱',
    '🐦\u200d⬛',
  ],
  ...['1\ufe0f\u20e3', '#\ufe0f\u20e3', '❤\ufe0f\u200d🔥', '☎\ufe0e', '©\ufe0f', '👁\ufe0f\u200d🗨\ufe0f'],
  ...['gbsct', 'gbeng', 'gbwls', 'ustx'].map((code) => `🏴${tags(code)}\u{e007f}`),
  ...['ខ្ញុំ\u200bស្រឡាញ់\u200bអ្នក', 'สวัสดี\u200bครับ', 'ສະບາຍ\u200bດີ', 'မြန်မာ\u200bစာ'],
  ...['葛\u{e0100}城', '辻\u{e0101}', '神\ufe00', 'ᠮᠣᠩᠭᠣᠯ\u180bᠠ'],
]
const hiding = [
  ...['ไทย\u200b', '\u200bไทย', 'ไทย\u200bJane', 'Jane\u200bไทย', 'ไทย\u200b\u200bงาน'],
  ...['pay\u200cpal', 'Jane\u200dRoe', '\u200cJane', '1\ufe0f2', 'a\ufe0f', '1\u200d2'],
  ...[
    `🏴${tags('gb')}`,
    `🏴${tags('gbsctgbsct')}\u{e007f}`,
    `A${tags('hello')}\u{e007f}`,
    '👩\u200d',
    '👩\u200b\u200d',
  ],
]
function tags(code: string): string {
  return [...code].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')
}

describe('markInvisible', () => {
  test.each([
    ['photo\u202egpj.exe', 'photo⟦U+202E⟧gpj.exe'],
    ['pay\u200bpal', 'pay⟦U+200B⟧pal'],
    ['a\0b\u001b[31m', 'a⟦U+0000⟧b⟦U+001B⟧[31m'],
    ['half \ud83d of one', 'half ⟦U+D83D⟧ of one'],
    ['tag\u{e0041}', 'tag⟦U+E0041⟧'],
    ['a\u2028b', 'a⟦U+2028⟧b'],
    ['x\u200dy', 'x⟦U+200D⟧y'],
  ])('%j is shown as %j', (typed, shown) => expect(markInvisible(typed)).toBe(shown))

  test('a form’s CRLF is a line break, and line breaks and tabs stay', () => {
    expect(markInvisible('one\r\ntwo\rthree\n\tfour')).toBe('one\ntwo\nthree\n\tfour')
  })

  test('letters of any alphabet and whole emoji stay unchanged', () => {
    const plain = 'Zoë Müller, 王芳, שרה, Ольга 👩🏽‍⚕️ ❤️'
    expect(markInvisible(plain)).toBe(plain)
  })

  test.each(shaped)('%s stays as it was typed, in the body and in the subject', (typed) => {
    expect(markInvisible(typed)).toBe(typed)
    expect(markInvisibleInLine(typed)).toBe(typed)
    expect(oneLine(typed)).toBe(typed)
  })

  test.each(hiding)('%j hides something, and is marked in the body and not in the subject', (typed) => {
    expect(markInvisible(typed)).toContain('⟦U+')
    expect(oneLine(typed)).toBe(typed.replace(/[^\p{L}\p{N}\p{P}\u{1F3F4}\u{1F469}]/gu, ''))
  })

  test('no text leaves an invisible character, except the joints of emoji', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const rest = markInvisible(typed)
          .replace(/[\n\t]/g, '')
          .replace(SHAPING, '')
        expect(rest).not.toMatch(UNSEEN)
      }),
    )
  })
})

test('markInvisibleInLine marks a line break, so that a name can’t imitate a line of the mail', () => {
  expect(markInvisibleInLine('Jane\nTelephone: +1 900')).toBe('Jane⟦U+000A⟧Telephone: +1 900')
})

describe('oneLine', () => {
  test('it can’t start another header', () => {
    expect(oneLine('Jane\r\nBcc: all@evil.example')).toBe('Jane Bcc: all@evil.example')
  })

  test('any text becomes one line without invisible characters, at most `max` long', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 130 }), (typed, most) => {
        const line = oneLine(typed, most)
        expect(line.replace(SHAPING, '')).not.toMatch(UNSEEN)
        expect(line.length).toBeLessThanOrEqual(most)
      }),
    )
  })

  test('it is cut between whole emoji', () => {
    expect(oneLine('👍🏽'.repeat(4), 10)).toBe('👍🏽👍🏽…')
  })
})
