import { expect, test } from 'vitest'
import { answersOf, identify } from '#lib/forms/answers'
import { fieldNames, fieldOf } from '#lib/forms/fields'

test('every field that was answered is an answer under its short label, in the order of the declaration', () => {
  const all = Object.fromEntries(fieldNames.map((name) => [name, `the ${name}`]))
  expect(answersOf(all).map(({ label, value }) => [label, value])).toEqual(
    fieldNames.map((name) => [fieldOf(name).short, `the ${name}`]),
  )
})

test('what was left empty is none, a consent is Yes or No, and what is not declared is left out', () => {
  const stored = { phone: '', texts: false, terms: true, constructor: 'x' }
  expect(answersOf(stored).map(({ label, value }) => [label, value])).toEqual([
    ['Texts', 'No'],
    ['Terms', 'Yes'],
  ])
})

test('a person is known by name and practice, or by the address where neither was asked for', () => {
  const email = 'jane@example.com'
  expect(identify({ email, name: 'Jane Roe', company: 'Desert Spine', role: 'Owner' })).toEqual([
    'Jane Roe',
    'Desert Spine',
  ])
  expect(identify({ email })).toEqual([email])
})
