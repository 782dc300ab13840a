import { type FocusEvent, type FormEvent, useState } from 'react'
import { type FormName, fieldsOf } from '#lib/forms/forms'
import type { FieldErrors, FormValues } from '#lib/forms/schema'

/** Undefined where it cannot be had (offline, or replaced by a deploy): the server's answer is the real one. */
const loadCheck = () => import('./form-check').catch(() => undefined)

/**
 * The check of a form's fields. Their values are the page's own: nothing typed, filled in by the browser or
 * restored is kept a second time. Checked on submit; after that a field that shows an error is checked
 * again as it is changed, and no other: nobody is told off in the middle of a word.
 */
export function useCheckedFields(form: FormName) {
  const [errors, setErrors] = useState<FieldErrors>({})
  const [suggestion, setSuggestion] = useState<string>()

  async function findErrors(element: HTMLFormElement): Promise<FieldErrors> {
    const check = await loadCheck()
    return check?.findErrors(form, readValues(form, element)) ?? {}
  }

  async function recheck(element: HTMLFormElement, name: string) {
    const { [name]: found = [] } = await findErrors(element)
    setErrors((shown) => ({ ...shown, [name]: found }))
  }

  return {
    errors,
    setErrors,
    findErrors,
    suggestion,
    onFocus: () => void loadCheck(),
    onInput({ currentTarget, target }: FormEvent<HTMLFormElement>) {
      const { name } = target as HTMLInputElement
      if (name === 'email') setSuggestion(undefined)
      if (errors[name]?.length) void recheck(currentTarget, name)
    },
    async onBlur({ target }: FocusEvent<HTMLFormElement>) {
      const { name, value } = target as unknown as HTMLInputElement
      if (name !== 'email') return
      const check = await loadCheck()
      setSuggestion(check?.suggestEmail(value))
    },
    takeSuggestion(element: HTMLFormElement) {
      const email = element.elements.namedItem('email') as HTMLInputElement
      email.value = suggestion ?? email.value
      email.focus()
      setSuggestion(undefined)
      void recheck(element, 'email')
    },
  }
}

/** What stands in the controls now. */
export function readValues(form: FormName, element: HTMLFormElement): FormValues {
  const values = fieldsOf(form).map(({ name }) => {
    const control = element.elements.namedItem(name) as HTMLInputElement
    return [name, control.type === 'checkbox' ? control.checked : control.value]
  })
  return Object.fromEntries(values)
}
