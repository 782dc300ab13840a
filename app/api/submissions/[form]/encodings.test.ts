import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readConfig } from '#lib/config'
import { fieldOf } from '#lib/forms/fields'
import { fieldsOf, formNames } from '#lib/forms/forms'
import { parseBody } from '#lib/guard/body'
import { parseSubmission } from './parse-submission.ts'

/** What people type and paste: line ends, unseen characters, near misses, and any other text. */
const pieces = [
  ...[
    '\n',
    '\r',
    '\v',
    '\f',
    '\u0085',
    '\u2028',
    '\t',
    ' ',
    '\u00a0',
    '\u200b',
    '\u200c',
    '\u202a',
    '\u2011',
    '\u0007',
  ],
  ...[
    'jane@example.com',
    'mailto:',
    '<',
    '>',
    '＠',
    'jörg@example.com',
    '760-555-0134',
    '555-0134',
    'ext. 12',
    'webpt',
  ],
  ...['x'.repeat(60), 'é', '👩🏽\u200d⚕️', 'محمد\u200cرضا', '0', 'Jane', '&', '=', '+', '%', '"', '\\'],
]
const typed = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join('')),
  fc.string({ unit: 'grapheme' }),
  fc.tuple(fc.nat(80), fc.nat(40)).map(([lines, length]) => `${'x'.repeat(length)}\n`.repeat(lines)),
)

/** The body of a plain form: empty fields too, and each line end as CR LF (HTML, "constructing the entry list"). */
function plainBody(values: Record<string, string | boolean>): Buffer {
  const pairs = Object.entries(values).flatMap(([name, value]) => {
    if (typeof value === 'boolean') return value ? [[name, 'on']] : []
    return [[name, value.replace(/\r\n?|\n/g, '\r\n')]]
  })
  return Buffer.from(new URLSearchParams(pairs).toString())
}

/** What the script sends: a textarea's value has LF, and empty fields are left out. */
function scriptBody(values: Record<string, string | boolean>): Buffer {
  const pairs = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : value,
  ])
  return Buffer.from(JSON.stringify(Object.fromEntries(pairs.filter(([, value]) => value !== ''))))
}

test.each(formNames)('%s: the same input is judged the same with and without script', (form) => {
  const config = readConfig()
  const names = fieldsOf(form).map(({ name }) => name)
  const input = fc.record(
    Object.fromEntries(names.map((name) => [name, fieldOf(name).kind === 'consent' ? fc.boolean() : typed])),
  )
  fc.assert(
    fc.property(input, (values) => {
      const judge = (kind: 'form' | 'json', body: Buffer) =>
        parseSubmission(form, parseBody(body, kind), new Headers(), config)
      expect(judge('json', scriptBody(values))).toEqual(judge('form', plainBody(values)))
    }),
    { numRuns: 1000 },
  )
})
