import * as z from 'zod/mini'
import { parseEmail } from '#lib/forms/email'
import { type FieldDeclaration, type FieldName, type FieldWith, fieldOf } from '#lib/forms/fields'
import { attributionNames, type FormName, fieldsOf, HONEYPOT, KEY_FIELD } from '#lib/forms/forms'
import { cleanAttribution } from '#lib/forms/page-attribution'

export { suggestEmail } from '#lib/forms/email'

/**
 * The schemas, derived from the declarations. The browser (which loads them on the first focus), the server and the API
 * description use the same ones. zod/mini is less than half of zod's size and has no `eval` probe, which a
 * Content-Security-Policy reports.
 */

// All control characters but tab and line breaks; PostgreSQL rejects NUL.
const CONTROL = /[^\P{Cc}\t\r\n\u0085]/u
const LINE_BREAK = /[\r\n\u0085\u2028\u2029]/
// Extensions with `x` or `#` are in the first class, `e` is not, so each text matches in one way only (linear time).
const PHONE = /^[\d\s()+./#*,;:x-]+(?:ext(?:ension)?\.?\s*\d+)?$/i

/**
 * A raw text may be this many times its limit, because trimming removes white space and a line break may be two
 * characters. Anything longer is rejected before any cleaning or pattern.
 */
const RAW_FACTOR = 10

type StringCheck = Parameters<ReturnType<typeof z.string>['check']>[number]

function must(test: (value: string) => boolean, message: string): StringCheck {
  return z.refine((value: string) => value === '' || test(value), message)
}

/** Length before pattern: no check runs after one with `abort` has failed. */
function checksOf(field: FieldDeclaration, required: boolean): StringCheck[] {
  const error = `Shorten this to ${field.max.toLocaleString('en')} characters or fewer.`
  const all: StringCheck[] = [
    z.maxLength(field.max * RAW_FACTOR, { error, abort: true }),
    z.trim(),
    ...(required ? [z.minLength(1, { error: field.missing, abort: true })] : []),
    z.maxLength(field.max, { error, abort: true }),
    must((value) => value.isWellFormed() && !CONTROL.test(value), 'Remove any hidden or control characters.'),
  ]
  if (field.kind !== 'text') all.push(must((value) => !LINE_BREAK.test(value), 'Keep this on one line.'))
  if (field.kind === 'email') all.push(must((value) => !!parseEmail(value), EMAIL_WRONG))
  if (field.kind === 'phone') all.push(must(isPhone, PHONE_WRONG))
  return all
}

const EMAIL_WRONG = 'Enter one email address, such as name@example.com.'
const PHONE_WRONG = 'Enter a phone number with area code, such as (760) 555-0134, or leave this blank.'

function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '').length
  return PHONE.test(value) && digits >= 7 && digits <= 20
}

function consentSchema(field: FieldDeclaration, required: boolean) {
  const box = z.boolean({ error: 'Send true or false.' })
  if (!required) return z.optional(box)
  return z.boolean({ error: field.missing }).check(z.refine((ticked) => ticked, field.missing))
}

function choiceSchema(field: FieldDeclaration) {
  const options = field.options ?? []
  const error = 'Choose an option from the list.'
  const known = new Map(options.map((option) => [option.toLowerCase(), option]))
  const canonical = z.overwrite((value: string) => known.get(value.trim().toLowerCase()) ?? value)
  return z.optional(
    z.string({ error: 'Send text.' }).check(
      z.maxLength(field.max * RAW_FACTOR, { error, abort: true }),
      canonical,
      must((value) => options.includes(value), error),
    ),
  )
}

function fieldSchema(name: FieldName, required: boolean) {
  const field = fieldOf(name)
  if (field.kind === 'consent') return consentSchema(field, required)
  if (field.kind === 'choice') return choiceSchema(field)
  const checks = checksOf(field, required)
  if (!required) return z.optional(z.string({ error: 'Send text.' }).check(...checks))
  const missing = z.string({
    error: (issue) => (issue.input === undefined ? field.missing : 'Send text.'),
  })
  return missing.check(...checks)
}

/** The visible fields. Keys in the order of the page. */
function visibleShape(form: FormName) {
  return Object.fromEntries(fieldsOf(form).map(({ name, required }) => [name, fieldSchema(name, required)]))
}

/** Everything that a form may send: visible fields, key, honeypot, attribution. */
export function submissionSchema(form: FormName) {
  const cut = z.optional(z.string({ error: 'Send text.' }).check(z.overwrite(cleanAttribution)))
  const hidden = Object.fromEntries(attributionNames.map((name) => [name, cut]))
  return z.strictObject({
    ...visibleShape(form),
    [KEY_FIELD]: z.optional(z.string({ error: 'Send a UUID.' })),
    [HONEYPOT]: z.optional(z.string({ error: 'Send text.' }).check(z.maxLength(2000))),
    ...hidden,
  }) as z.ZodMiniType<Submitted>
}

type ConsentName = FieldWith<{ kind: 'consent' }>
export type FormValues = Partial<
  Record<Exclude<FieldName, ConsentName>, string> & Record<ConsentName, boolean>
>
export type Submitted = FormValues & Partial<Record<string, string | boolean>>

/** Messages by field name, in the order of the checks. Messages about the whole form are under other names. */
export type FieldErrors = Record<string, string[]>

/** The errors in the visible fields, for the browser; empty if the values are valid. */
export function findErrors(form: FormName, values: FormValues): FieldErrors {
  const { error } = z.strictObject(visibleShape(form)).safeParse(values)
  return error ? errorsOf(error) : {}
}

/** A schema's issues by field. An unknown key is reported under its own name. */
export function errorsOf(error: z.core.$ZodError): FieldErrors {
  const errors = new Map<string, string[]>()
  const add = (name: string, message: string) => {
    const known = errors.get(name) ?? []
    if (!known.includes(message)) errors.set(name, [...known, message])
  }
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) add(key, 'This form has no such field.')
    } else {
      add(String(issue.path[0] ?? 'form'), issue.message)
    }
  }
  return Object.fromEntries(errors)
}
