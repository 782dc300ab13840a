import { attributionNames, type FormName, forms } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/schema'
import { ErrorSummary } from '#ui/form/error-summary'
import { CollectionNotice, FormFields } from '#ui/form/form-fields'
import { Button } from '#ui/layout/button'

type Props = {
  form: FormName
  /** What the fields start with; attribution that is among them is sent along again. */
  values?: Record<string, string>
  errors?: FieldErrors
  /** A likelier e-mail address than the one in `values`. Said as a hint, never required. */
  suggestion?: string
}

/**
 * A form that needs no script: it posts to the endpoint and is led on by a redirect. Always `noValidate`:
 * the browser's own bubbles show one fault at a time and vanish; /review shows all of them and keeps everything.
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
