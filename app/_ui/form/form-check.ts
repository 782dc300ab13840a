import type { FormName } from '#lib/forms/forms'
import { errorsOf, type FieldErrors, type FormValues, visibleSchema } from '#lib/forms/schema'

/**
 * What the form needs once somebody begins to fill it out: validation and the proposal for a mistyped
 * address. Loaded on first focus, so that merely looking at the page costs nothing of it.
 */
export { suggestEmail } from '#lib/forms/email'

/** What the server would say of these values; empty where they are fine. */
export function findErrors(form: FormName, values: FormValues): FieldErrors {
  const { error } = visibleSchema(form).safeParse(values)
  return error ? errorsOf(error) : {}
}
