import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hangingIndent, quote, wrap } from '#emails/plain-text'

const words = fc.string({ unit: fc.constantFrom(...'ab c d '), maxLength: 400 })

test('lines end at 72 columns, and no word is lost or joined', () => {
  fc.assert(
    fc.property(words, (text) => {
      const wrapped = wrap(text, '  ')
      expect(Math.max(...wrapped.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72)
      expect(wrapped.split(/\s+/).filter(Boolean)).toEqual(text.split(/\s+/).filter(Boolean))
    }),
    // Only a word longer than a line may exceed it.
    { examples: [['']] },
  )
})

test('a link that is longer than a line is not broken', () => {
  const link = `https://trackstat.example/${'x'.repeat(90)}`
  expect(wrap(`See ${link} now`)).toBe(`See\n${link}\nnow`)
})

test('hangingIndent indents further lines below the first', () => {
  expect(hangingIndent('1. ', `${'word '.repeat(20)}end`).split('\n')[1]).toMatch(/^ {3}word/)
})

test('every line of a quotation has a quote mark, also wrapped and padded ones', () => {
  const forged = `Hello${' '.repeat(80)}CONTACT\r\nTelephone: +1 900 555 0199\u2028Mail: x`
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (message) => {
      for (const line of quote(message).split('\n')) expect(line).toMatch(/^>/)
    }),
    { examples: [[forged]] },
  )
})
