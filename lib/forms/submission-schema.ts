import * as z from 'zod/mini'
import { emailFault, parseEmail } from '#lib/forms/email'
import {
  type FieldDeclaration,
  type FieldKind,
  type FieldName,
  type FieldWith,
  fieldOf,
} from '#lib/forms/fields'
import { attributionNames, type FormName, fieldsOf, HONEYPOT, KEY_FIELD } from '#lib/forms/forms'
import { cleanAttribution } from '#lib/forms/page-attribution'
import { phoneFault } from '#lib/forms/phone'
import { cleanText, controlFault } from '#lib/forms/typed-text'

export { suggestEmail } from '#lib/forms/email-suggestion'

/**
 * The schemas, derived from the declarations. The browser (which loads them on the first focus), the server and the API
 * description use the same ones. zod/mini is less than half of zod's size and has no `eval` probe, which a
 * Content-Security-Policy reports.
 */

/**
 * A raw text may be this many times its limit, because cleaning makes it shorter. Anything longer is rejected before any
 * cleaning or pattern.
 */
const RAW_FACTOR = 10

type StringCheck = Parameters<ReturnType<typeof z.string>['check']>[number]

/** Refuses a text that has a fault; an empty one has none. */
function mustHaveNo(fault: (value: string) => string | undefined): StringCheck {
  return z.refine((value: string) => value === '' || fault(value) === undefined, {
    error: ({ input }) => fault(String(input)),
  })
}

/** Length before pattern: no check runs after one with `abort` has failed. */
function checksOf(field: FieldDeclaration, required: boolean): StringCheck[] {
  const error = `Shorten this to ${field.max.toLocaleString('en')} characters or fewer.`
  const all: StringCheck[] = [
    z.maxLength(field.max * RAW_FACTOR, { error, abort: true }),
    z.overwrite((value: string) => cleanAnswer(field.kind, value)),
    ...(required ? [z.minLength(1, { error: field.missing, abort: true })] : []),
    z.maxLength(field.max, { error, abort: true }),
    mustHaveNo(controlFault),
  ]
  if (field.kind !== 'text')
    all.push(mustHaveNo((value) => (value.includes('\n') ? 'Keep this on one line.' : undefined)))
  if (field.kind === 'email') all.push(mustHaveNo(emailFault))
  if (field.kind === 'phone') all.push(mustHaveNo(phoneFault))
  return all
}

/** An answer as it is judged and stored. */
function cleanAnswer(kind: FieldKind, typed: string): string {
  const text = cleanText(typed)
  if (kind === 'text') return text
  if (kind === 'email') return parseEmail(text)?.typed ?? text
  if (kind === 'phone') return text.replace(/\p{Cf}/gu, '').replace(/\s+/g, ' ')
  return text.replaceAll('\t', ' ')
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
  const canonical = z.overwrite((value: string) => known.get(cleanText(value).toLowerCase()) ?? value)
  return z.optional(
    z.string({ error: 'Send text.' }).check(
      z.maxLength(field.max * RAW_FACTOR, { error, abort: true }),
      canonical,
      mustHaveNo((value) => (options.includes(value) ? undefined : error)),
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
