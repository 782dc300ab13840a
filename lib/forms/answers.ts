import { type FieldKind, fieldNames, fieldOf } from '#lib/forms/fields'

/** What somebody answered, as `submissions.fields` holds it. */
export type StoredFields = Partial<Record<string, string | boolean>>

/** One answer with its field's declaration: what support's notice shows; for desk and export, too. */
export type Answer = { kind: FieldKind; name: string; label: string; value: string; identifies: boolean }

/** All answers, in the order of the declaration, without what was left empty. A consent is "Yes" or "No". */
export function answersOf(stored: StoredFields): Answer[] {
  return fieldNames.flatMap((name) => {
    const { kind, short: label, identifies = false } = fieldOf(name)
    const value = stored[name]
    if (value === undefined || value === '') return []
    return [{ kind, name, label, value: say(value), identifies }]
  })
}

function say(value: string | boolean): string {
  if (typeof value === 'string') return value
  return value ? 'Yes' : 'No'
}

/** Who wrote, the most telling first: name and practice, or the address where a form asks for neither. */
export function identify(stored: StoredFields): string[] {
  const answers = answersOf(stored)
  const who = answers.filter(({ identifies }) => identifies)
  return (who.length > 0 ? who : answers.filter(({ kind }) => kind === 'email')).map(({ value }) => value)
}
