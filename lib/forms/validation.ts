import type { FormName } from '#lib/forms/forms'
import { errorsOf, type FieldErrors, type FormValues, visibleSchema } from '#lib/forms/submission-schema'

/** Loaded by the browser when a field first gets the focus; see `app/_ui/form/resolver.ts`. */
export { suggestEmail } from '#lib/forms/email-suggestion'

/** The errors that the server would report; empty if the values are valid. */
export function findErrors(form: FormName, values: FormValues): FieldErrors {
  const { error } = visibleSchema(form).safeParse(values)
  return error ? errorsOf(error) : {}
}
