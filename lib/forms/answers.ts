import { type FieldKind, fieldNames, fieldOf } from '#lib/forms/fields'

/** The answers of one submission, as stored in `submissions.fields`. */
export type StoredFields = Partial<Record<string, string | boolean>>

/** One answer with its field's declaration, as support's notice shows it. */
export type Answer = { kind: FieldKind; name: string; label: string; value: string; identifies: boolean }

/** All answers in the order of the declaration, without empty ones. A consent is "Yes" or "No". */
export function answersOf(stored: StoredFields): Answer[] {
  return fieldNames.flatMap((name) => {
    const { kind, short: label, identifies = false } = fieldOf(name)
    const value = stored[name]
    if (value === undefined || value === '') return []
    return [{ kind, name, label, value: valueText(value), identifies }]
  })
}

function valueText(value: string | boolean): string {
  if (typeof value === 'string') return value
  return value ? 'Yes' : 'No'
}

/** Who wrote: name and practice, or the address if the form asks for neither. */
export function identify(stored: StoredFields): string[] {
  const answers = answersOf(stored)
  const who = answers.filter(({ identifies }) => identifies)
  return (who.length > 0 ? who : answers.filter(({ kind }) => kind === 'email')).map(({ value }) => value)
}
