import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkForText } from '#emails/link'
import { type Purpose, signToken, verifyToken } from '#lib/guard/token'

const purposes: Purpose[] = ['visitor', 'watch', 'trial-confirm', 'unsubscribe']

test('every token ends in a letter or digit, and has nothing that breaks a link in plain text', () => {
  fc.assert(
    fc.property(fc.constantFrom(...purposes), fc.uuid(), fc.nat(), (purpose, id, number) => {
      const token = signToken(purpose, `${id}:${number}`)
      expect(token).toMatch(/^[\w:-]+\.[A-Za-z0-9]+$/)
      expect(verifyToken(purpose, token)).toBe(`${id}:${number}`)
    }),
    { numRuns: 1000 },
  )
})

test('a link of the product ends in a letter or digit in plain text, and means the same', () => {
  const ends = fc.constantFrom(...'-_.~=!)*\',;:@$"/?#&+', '&&', '&#')
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), ends, (url, end) => {
      const given = new URL(`${url}${url.includes('?') ? '&' : '?'}invite=x${end}`).href
      const shown = linkForText(given)
      expect(shown).toMatch(/[A-Za-z0-9]$/)
      expect([...new URL(shown).searchParams]).toEqual([...new URL(given).searchParams])
    }),
  )
  for (const [given, shown] of [
    ['https://app.example/in?', 'https://app.example/in'],
    ['https://app.example/in#', 'https://app.example/in'],
    ['https://app.example/c+', 'https://app.example/c%2B'],
    ['https://app.example/#/in', 'https://app.example/#/in'],
  ] as const)
    expect(linkForText(given)).toBe(shown)
  // Without it, or encoded, these could be other pages.
  for (const kept of [
    'https://app.example/',
    'https://app.example/a?b=1',
    'https://app.example/#/in/',
    'https://app.example/#a=b&',
  ])
    expect(linkForText(kept)).toBe(kept)
})
