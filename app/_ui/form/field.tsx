import type { ReactNode } from 'react'
import type { UseFormRegisterReturn } from 'react-hook-form'
import { type FieldDeclaration, type FieldName, fieldOf } from '#lib/forms/fields'
import type { FormName } from '#lib/forms/forms'
import { Control } from '#ui/form/control'
import { ErrorText } from './error-text'

type FieldProps = {
  form: FormName
  name: FieldName
  required: boolean
  value?: string
  errors?: string[]
  registration?: UseFormRegisterReturn
  /** Replaces the hint, never blocks: a suggestion for a mistyped address. Empty string: none yet. */
  note?: ReactNode
}

/** The id of a field's control: what an error summary links to. */
export function fieldId(form: FormName, name: string): string {
  return `${form}-${name}`
}

/**
 * One field of a form: label, hint or note, errors, control. The only place that writes ARIA for fields:
 * `aria-describedby` lists exactly the parts that are on the page (WCAG 1.3.1, 3.3.1, 3.3.2).
 */
export function Field({ form, name, required, value, errors = [], registration, note }: FieldProps) {
  const field = fieldOf(name)
  const id = fieldId(form, name)
  const parts = { hint: !note && field.hint, note, error: errors[0] }
  const described = Object.entries(parts).flatMap(([part, shown]) => (shown ? [`${id}-${part}`] : []))
  const wrong = errors.length > 0
  const controlProps = {
    id,
    name,
    value,
    registration,
    'aria-describedby': described.join(' ') || undefined,
    'aria-invalid': wrong || undefined,
    'aria-required': required || undefined,
  }
  const label = <Label id={id} name={name} required={required} />
  return (
    <div className={`scroll-mt-6 ${wrong ? 'border-l-4 border-danger pl-4' : ''}`}>
      {field.kind !== 'consent' && label}
      {parts.hint && (
        <p id={`${id}-hint`} className="text-sm leading-6 text-muted">
          {parts.hint}
        </p>
      )}
      {/* Rendered from the start where script may fill it: a live region must exist before its text changes. As high as
         the hint, so that the button below does not move. */}
      {note !== undefined && (
        <div id={`${id}-note`} role="status" className="text-sm leading-6">
          {note}
        </div>
      )}
      {wrong && <Errors id={`${id}-error`} errors={errors} />}
      {field.kind === 'consent' ? (
        <div className={`flex items-start gap-3 ${wrong ? 'mt-1.5' : ''}`}>
          <Control {...controlProps} />
          {label}
        </div>
      ) : (
        <Control {...controlProps} />
      )}
    </div>
  )
}

function Label({ id, name, required }: { id: string; name: FieldName; required: boolean }) {
  const { kind, label, link } = fieldOf(name)
  return (
    <label htmlFor={id} className={kind === 'consent' ? 'text-sm leading-6' : 'block font-semibold'}>
      {link ? <LinkedLabel label={label} link={link} /> : label}
      {!required && <span className="font-normal text-muted"> (optional)</span>}
    </label>
  )
}

/** The consent wording unchanged, with a link to the terms in a new tab, so that typed values stay. */
function LinkedLabel({ label, link }: { label: string; link: NonNullable<FieldDeclaration['link']> }) {
  const [before, after] = label.split(link.text)
  return (
    <>
      {before}
      <a href={link.href} target="_blank" rel="noopener" title="Opens in a new tab" className="link">
        {link.text}
      </a>
      {after}
    </>
  )
}

function Errors({ id, errors }: { id: string; errors: string[] }) {
  return (
    <div id={id} className="mt-1 space-y-1 font-semibold text-danger">
      {errors.map((error) => (
        <p key={error} className="flex gap-2">
          <ErrorText error={error} />
        </p>
      ))}
    </div>
  )
}
