import type { FormName } from '#lib/forms/forms'
import { errorsOf, type FieldErrors, type FormValues, visibleSchema } from '#lib/forms/schema'

/** What the browser loads once somebody begins to fill out a form; see `app/_ui/form/resolver.ts`. */
export { suggestEmail } from '#lib/forms/email'

/** The errors that the server would answer for these values; empty where there are none. */
export function findErrors(form: FormName, values: FormValues): FieldErrors {
  const { error } = visibleSchema(form).safeParse(values)
  return error ? errorsOf(error) : {}
}
