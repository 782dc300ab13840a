import { useState } from 'react'
import { type Resolver, useForm } from 'react-hook-form'
import type { FieldName } from '#lib/forms/fields'
import { type FormName, fieldsOf } from '#lib/forms/forms'
import type { FieldErrors, FormValues } from '#lib/forms/schema'

const loadCheck = () => import('./form-check')

/** The validation cannot be had (offline, or replaced by a deploy): the server's answer is the real one. */
const unchecked: Resolver<FormValues> = async (values) => ({ values, errors: {} })

/**
 * The fields of a form on react-hook-form. Checked on submit; after that a field that shows an error is
 * checked again as it is changed, and no other: nobody is told off in the middle of a word.
 */
export function useCheckedFields(form: FormName) {
  const [suggestion, setSuggestion] = useState<string>()
  const { register, handleSubmit, setValue, setError, setFocus, trigger, formState } = useForm<FormValues>({
    reValidateMode: 'onSubmit',
    shouldFocusError: false,
    resolver: async (values, context, options) => {
      const resolver = await loadCheck().then(
        (check) => check.resolverOf(form),
        () => unchecked,
      )
      return resolver(values, context, options)
    },
  })
  const { errors } = formState

  function recheck(name: FieldName) {
    if (name === 'email') setSuggestion(undefined)
    if (errors[name]) void trigger(name)
  }

  async function suggest(email: string) {
    const check = await loadCheck().catch(() => undefined)
    setSuggestion(check?.suggestEmail(email))
  }

  return {
    loadCheck,
    handleSubmit,
    errors: messagesOf(errors),
    suggestion,
    control: (name: FieldName) =>
      register(name, {
        onChange: () => recheck(name),
        onBlur: (event) => name === 'email' && suggest(event.target.value),
      }),
    takeSuggestion() {
      if (!suggestion) return
      setValue('email', suggestion)
      recheck('email')
      setFocus('email')
    },
    /** Autofill and restored pages change controls without an event: what is seen is what is sent. */
    readControls(element: HTMLFormElement) {
      for (const { name } of fieldsOf(form)) {
        const control = element.elements.namedItem(name) as HTMLInputElement
        setValue(name, control.type === 'checkbox' ? control.checked : control.value)
      }
    },
    showErrors(found: FieldErrors) {
      for (const { name } of fieldsOf(form)) {
        const message = found[name]?.join(' ')
        if (message) setError(name, { message })
      }
    },
  }
}

/** react-hook-form's errors as the server would have said them. */
export function messagesOf(errors: Partial<Record<string, { message?: string }>>): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).flatMap(([name, error]) => (error?.message ? [[name, [error.message]]] : [])),
  )
}
