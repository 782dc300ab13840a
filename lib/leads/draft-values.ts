import { ATTRIBUTION_MAX } from '#lib/forms/attribution'
import { type FieldName, fieldOf } from '#lib/forms/fields'
import { attributionNames, type FormName, fieldsOf, KEY_FIELD } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/schema'

/** Kept beyond a field's limit, so that somebody who typed too much can shorten it. In UTF-16 code units. */
const MORE = 50

/** How much of a field is kept while it is corrected: twice the limit of a message, a little more than that of others. */
function boundOf(name: FieldName): number {
  const { kind, max } = fieldOf(name)
  return kind === 'text' ? 2 * max : max + MORE
}

/** What of a form that was sent is kept while it is corrected: its own fields and the attribution, each cut. */
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

/** Whether something of what was typed may have been cut. */
export function isCut(form: FormName, values: Record<string, string>): boolean {
  return fieldsOf(form).some(({ name }) => (values[name]?.length ?? 0) >= boundOf(name))
}

/** The errors of known fields; one sentence for all others, which the corrected form does not send again. */
export function keptErrors(form: FormName, errors: FieldErrors): FieldErrors {
  const known: string[] = ['form', KEY_FIELD, ...fieldsOf(form).map(({ name }) => name)]
  const kept = Object.entries(errors).filter(([name]) => known.includes(name))
  if (kept.length > 0) return Object.fromEntries(kept)
  return {
    form: ['Something was sent that this form doesn’t ask for. Check your answers and send them again.'],
  }
}
