import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CLEAR_LETTERS } from '#lib/leads/reference'
import { matchesCode, readCode, trialCode, writeCode } from '#lib/trials/code'

const LENGTH = 6

test('no two letters of the alphabet look alike', () => {
  expect(new Set(CLEAR_LETTERS).size).toBe(20)
  for (const alike of ['0ODQ', '1IL', '8B', '5S', '2Z', 'UV', '6G', 'CG'])
    expect([...alike].filter((letter) => CLEAR_LETTERS.includes(letter)).length, alike).toBeLessThanOrEqual(1)
})

test('a code is six digits of a number, so even numbers make even codes', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (number) => {
      const digits = [...writeCode(number)].map((letter) => BigInt(CLEAR_LETTERS.indexOf(letter)))
      const read = digits.reduce((sum, digit) => sum * 20n + digit, 0n)
      expect([digits.length, read]).toEqual([LENGTH, number % 20n ** BigInt(LENGTH)])
    }),
  )
})

test('200,000 codes: each letter at each place is as likely as any other', () => {
  const drawn = 200_000
  const counts = Array.from(
    { length: LENGTH },
    () => new Map([...CLEAR_LETTERS].map((letter) => [letter, 0])),
  )
  for (let at = 0; at < drawn; at++)
    for (const [place, letter] of [...trialCode(`trial ${at % 50_000}`, Math.floor(at / 50_000))].entries())
      counts[place]?.set(letter, (counts[place].get(letter) ?? 0) + 1)
  const expected = drawn / CLEAR_LETTERS.length
  for (const of of counts) {
    expect(of.size).toBe(CLEAR_LETTERS.length)
    // 43.8 is exceeded once in a thousand draws (19 degrees of freedom); the codes here are always the same ones.
    const chiSquare = [...of.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    expect(chiSquare).toBeLessThan(43.8)
  }
})

test('a code is specific to its trial and mail', () => {
  const code = trialCode('a', 1)
  expect([trialCode('a', 2), trialCode('b', 1)]).not.toContain(code)
  expect(matchesCode('a', 1, code)).toBe(true)
  expect(matchesCode('a', 2, code)).toBe(false)
})

test('how a code is typed makes no difference; another letter does', () => {
  const code = '4KX7MT'
  for (const typed of [' 4kx-7mt ', '4 K X 7 M T', '4KX\u20117MT', '４ＫＸ７ＭＴ', '4KX\u200b7MT', '4kx.7mt'])
    expect(readCode(typed), typed).toBe(code)
  for (const typed of [
    '',
    '4KX7M',
    '4KX7MTT',
    '4KX7M0',
    '4KX7MO',
    '4KX7MD',
    '4KX7MQ',
    '4KX7MG',
    '4KX7M8',
    '4KX7M😀',
  ])
    expect(readCode(typed), typed).toBeUndefined()
})

test('of all codes that differ in one letter from the right one, none is taken for it', () => {
  for (let trial = 0; trial < 200; trial++) {
    const right = trialCode(`${trial}`, 1)
    for (let place = 0; place < LENGTH; place++)
      for (const letter of CLEAR_LETTERS) {
        const typed = right.slice(0, place) + letter + right.slice(place + 1)
        expect(matchesCode(`${trial}`, 1, readCode(typed) ?? '')).toBe(typed === right)
      }
  }
})
