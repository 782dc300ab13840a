import { type FieldName, fieldOf } from '#lib/forms/fields'
import { attributionNames, type FormName, fieldsOf, KEY_FIELD } from '#lib/forms/forms'
import { ATTRIBUTION_MAX } from '#lib/forms/page-attribution'
import type { FieldErrors } from '#lib/forms/submission-schema'

/** UTF-16 code units stored beyond a field's limit, so that the visitor can shorten the text. */
const EXTRA_LENGTH = 50

/** How much of a field a draft stores, in UTF-16 code units: for a message twice its limit. */
function boundOf(name: FieldName): number {
  const { kind, max } = fieldOf(name)
  return kind === 'text' ? 2 * max : max + EXTRA_LENGTH
}

/** The values that a draft stores: the form's own fields and the attribution, each cut to its bound. */
export function keptValues(form: FormName, sent: Record<string, unknown>): Record<string, string> {
  const bounds: [string, number][] = [
    ...fieldsOf(form).map(({ name }): [string, number] => [name, boundOf(name)]),
    ...attributionNames.map((name): [string, number] => [name, ATTRIBUTION_MAX]),
  ]
  const kept = bounds
    .filter(([name]) => Object.hasOwn(sent, name) && sent[name] !== undefined)
    .map(([name, bound]) => [name, String(sent[name]).slice(0, bound)])
  return Object.fromEntries(kept)
}

/** Whether a stored value may have been cut. */
export function isCut(form: FormName, values: Record<string, string>): boolean {
  return fieldsOf(form).some(({ name }) => (values[name]?.length ?? 0) >= boundOf(name))
}

/** The errors of known fields. If there are none, one message about unknown fields, which the form will not send again. */
export function keptErrors(form: FormName, errors: FieldErrors): FieldErrors {
  const known: string[] = ['form', KEY_FIELD, ...fieldsOf(form).map(({ name }) => name)]
  const kept = Object.entries(errors).filter(([name]) => known.includes(name))
  if (kept.length > 0) return Object.fromEntries(kept)
  return {
    form: ['Something was sent that this form doesn’t ask for. Check your answers and send them again.'],
  }
}
