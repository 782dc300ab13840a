import { attributionNames, type FormName, forms } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/submission-schema'
import { ErrorSummary } from '#ui/form/error-summary'
import { CollectionNotice, FormFields } from '#ui/form/form-fields'
import { Button } from '#ui/layout/button'

type Props = {
  form: FormName
  /** Initial values. Attribution among them is sent again in hidden fields. */
  values?: Record<string, string>
  errors?: FieldErrors
  /** A suggested email address, shown as a hint. */
  suggestion?: string
}

/**
 * A form without script: a plain post, answered by a redirect. Always `noValidate`: the browser's bubbles show one
 * error at a time; /review shows all and keeps every value.
 */
export function PlainForm({ form, values = {}, errors, suggestion }: Props) {
  const { title, submit } = forms[form]
  return (
    <>
      {errors && <ErrorSummary form={form} errors={errors} />}
      <form
        method="post"
        action={`/api/submissions/${form}`}
        noValidate
        aria-label={title}
        className="relative"
      >
        <FormFields
          form={form}
          values={values}
          errors={errors}
          emailNote={suggestion && <Suggestion email={suggestion} />}
        />
        {attributionNames.map(
          (name) => values[name] && <input key={name} type="hidden" name={name} value={values[name]} />,
        )}
        <div className="mt-8 space-y-4">
          <CollectionNotice />
          <Button type="submit">{submit}</Button>
        </div>
      </form>
    </>
  )
}

function Suggestion({ email }: { email: string }) {
  return (
    <p>
      Did you mean <strong>{email}</strong>? If so, change it here.
    </p>
  )
}
