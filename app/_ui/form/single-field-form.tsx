import type { ComponentProps, ReactNode } from 'react'
import { Button } from '#ui/layout/button'
import { ErrorText } from './error-text'

type Props = {
  /** Id of the input; hint and error ids derive from it. */
  id: string
  action: string
  label: string
  hint: string
  submit: string
  kind?: 'primary' | 'quiet'
  error?: string
  input: ComponentProps<'input'>
  children?: ReactNode
}

const takesFocus = { autoFocus: true }

/** A form with one field, as a plain post. An error is shown at the field, which takes the focus. */
export function SingleFieldForm({ id, action, label, hint, submit, kind, error, input, children }: Props) {
  const { className = 'w-full', ...attributes } = input
  const described = [`${id}-hint`, ...(error ? [`${id}-error`] : [])].join(' ')
  return (
    <form method="post" action={action} noValidate className="space-y-4">
      <div className={error ? 'border-l-4 border-danger pl-4' : ''}>
        <label htmlFor={id} className="block font-semibold">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
        {error && (
          <p id={`${id}-error`} className="mt-1 flex gap-2 font-semibold text-danger">
            <ErrorText error={error} />
          </p>
        )}
        <input
          id={id}
          aria-describedby={described}
          aria-invalid={error ? true : undefined}
          aria-required
          {...(error && takesFocus)}
          className={`mt-1.5 block min-h-12 rounded-control border border-control bg-surface px-3.5 py-2.5 text-ink aria-invalid:border-2 aria-invalid:border-danger ${className}`}
          {...attributes}
        />
      </div>
      {children}
      <Button type="submit" kind={kind}>
        {submit}
      </Button>
    </form>
  )
}
