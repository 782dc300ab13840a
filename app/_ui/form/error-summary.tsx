import type { Ref } from 'react'
import { type FormName, fieldsOf } from '#lib/forms/forms'
import type { FieldErrors } from '#lib/forms/submission-schema'
import { fieldId } from '#ui/form/field'
import { Icon } from '#ui/layout/icon'

type Props = { form: FormName; errors: FieldErrors; ref?: Ref<HTMLElement> }

/** The page title while a form has errors, which screen readers announce first. */
export function errorTitle(title: string): string {
  return `Error: ${withoutError(title)}`
}

export function withoutError(title: string): string {
  return title.replace(/^Error: /, '')
}

const takesFocus = { tabIndex: -1, autoFocus: true }

/**
 * All errors of a form, each linked to its field. It takes the focus: by `autofocus` on a server-rendered page, by
 * `ref` after script inserted it.
 */
export function ErrorSummary({ form, errors, ref }: Props) {
  const items = inOrder(form, errors).flatMap(({ name, linked }) =>
    (errors[name] ?? []).map((message) => ({ name, message, linked })),
  )
  if (items.length === 0) return null
  const count = items.length === 1 ? '1 answer' : `${items.length} answers`
  return (
    <section
      ref={ref}
      {...takesFocus}
      aria-labelledby={`${form}-problem`}
      className="mb-8 scroll-mt-6 rounded-card border-2 border-danger bg-danger-soft p-5"
    >
      {/* Not atomic: after a correction only the new count is announced. */}
      <div role="alert" aria-atomic="false">
        <h2 id={`${form}-problem`} className="flex gap-2 text-xl">
          <Icon name="alert" className="mt-0.5 size-6 shrink-0 text-danger" />
          Please fix {count}
        </h2>
        <ul className="mt-2">
          {items.map(({ name, message, linked }) => (
            <li key={`${name} ${message}`} className="font-semibold text-danger">
              {linked ? <SummaryLink href={`#${fieldId(form, name)}`} message={message} /> : message}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

/** Errors of the whole form, such as a refusal by the server. */
export function errorsOfForm(form: FormName, errors: FieldErrors): FieldErrors {
  const names: string[] = fieldsOf(form).map(({ name }) => name)
  return Object.fromEntries(Object.entries(errors).filter(([name]) => !names.includes(name)))
}

/** Errors of the whole form first, then the fields in page order. */
function inOrder(form: FormName, errors: FieldErrors): { name: string; linked: boolean }[] {
  return [
    ...Object.keys(errorsOfForm(form, errors)).map((name) => ({ name, linked: false })),
    ...fieldsOf(form).map(({ name }) => ({ name, linked: true })),
  ]
}

function SummaryLink({ href, message }: { href: string; message: string }) {
  return (
    <a href={href} className="inline-block min-h-8 py-1 underline underline-offset-4 hover:decoration-2">
      {message}
    </a>
  )
}
