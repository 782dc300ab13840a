import type { ReactNode } from 'react'
import type { UseFormRegister } from 'react-hook-form'
import { type FormName, fieldsOf, HONEYPOT } from '#lib/forms/forms'
import type { FieldErrors, FormValues } from '#lib/forms/submission-schema'
import { Field } from '#ui/form/field'
import { Fold } from '#ui/form/fold'

type Props = {
  form: FormName
  values?: Record<string, string>
  /** Whether script folds the optional fields at once, on a prerendered page. */
  folds: boolean
  errors?: FieldErrors
  /** Connects the controls to react-hook-form; absent without script. */
  register?: UseFormRegister<FormValues>
  /** A note about the email address; empty string if script may add one later. */
  emailNote?: ReactNode
}

/** All fields of a form, in the order of the page. */
export function FormFields({ form, values = {}, folds, errors = {}, register, emailNote }: Props) {
  const at = (shown: string) =>
    fieldsOf(form)
      .filter(({ place }) => place === shown)
      .map(({ name, required }) => (
        <Field
          key={name}
          form={form}
          name={name}
          required={required}
          value={values[name]}
          errors={errors[name]}
          registration={register?.(name)}
          note={name === 'email' ? emailNote : undefined}
        />
      ))
  const folded = at('folded')
  return (
    <div className="space-y-6">
      {at('first')}
      {folded[0] && <Fold closes={folds}>{folded}</Fold>}
      {at('last')}
      <Honeypot form={form} />
    </div>
  )
}

/**
 * What form fillers read to leave a field alone: 1Password, LastPass, Bitwarden, Proton Pass, Dashlane (lib/DECISIONS.md).
 */
const NOT_FOR_FILLERS = {
  autoComplete: 'off',
  'data-1p-ignore': 'true',
  'data-lpignore': 'true',
  'data-bwignore': 'true',
  'data-protonpass-ignore': 'true',
  'data-form-type': 'other',
}

/** Off screen and out of the tab order, so that only bots fill it in. Id and label say nothing that a filler has data for. */
function Honeypot({ form }: { form: FormName }) {
  const id = `${form}-empty`
  return (
    <div aria-hidden="true" className="absolute -left-[200vw] top-auto size-px overflow-hidden">
      <label htmlFor={id}>Leave this empty</label>
      <input id={id} name={HONEYPOT} type="text" tabIndex={-1} aria-hidden="true" {...NOT_FOR_FILLERS} />
    </div>
  )
}

/** The notice at collection, beside the button (Cal. Civ. Code §1798.100(a); Regs. §7012). */
export function CollectionNotice() {
  return (
    <p className="text-sm text-muted">
      We don’t sell or share what you send.{' '}
      <a
        href="/privacy"
        target="_blank"
        rel="noopener"
        title="Opens in a new tab"
        className="link font-semibold"
      >
        Privacy notice: what we collect, why, and for how long
      </a>
    </p>
  )
}
