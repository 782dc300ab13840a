import { expect, test } from 'vitest'
import { answersOf, identify } from '#lib/forms/answers'
import { fieldNames, fieldOf } from '#lib/forms/fields'

test('each filled field is an answer under its short label, in the order of the declaration', () => {
  const all = Object.fromEntries(fieldNames.map((name) => [name, `the ${name}`]))
  expect(answersOf(all).map(({ label, value }) => [label, value])).toEqual(
    fieldNames.map((name) => [fieldOf(name).short, `the ${name}`]),
  )
})

test('an empty field is no answer, a consent is Yes or No, and undeclared fields are ignored', () => {
  const stored = { phone: '', texts: false, terms: true, constructor: 'x' }
  expect(answersOf(stored).map(({ label, value }) => [label, value])).toEqual([
    ['Texts', 'No'],
    ['Terms', 'Yes'],
  ])
})

test('a person is identified by name and practice, or by the address if the form asks for neither', () => {
  const email = 'jane@example.com'
  expect(identify({ email, name: 'Jane Roe', company: 'Desert Spine', role: 'Owner' })).toEqual([
    'Jane Roe',
    'Desert Spine',
  ])
  expect(identify({ email })).toEqual([email])
})
