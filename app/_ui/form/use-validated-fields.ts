import { type FocusEvent, type FormEvent, useCallback, useEffect, useState } from 'react'
import { type FieldErrors as HookErrors, useForm } from 'react-hook-form'
import { type FormName, fieldsOf } from '#lib/forms/forms'
import type { FieldErrors, FormValues } from '#lib/forms/submission-schema'
import { fieldId } from '#ui/form/field'
import { fieldError, loadValidation, messagesOf, resolverOf } from './resolver'

/**
 * The fields of a form under react-hook-form, uncontrolled, so that text typed before the script runs stays. Validated on
 * submit; afterwards only a field that shows an error is validated again on input, so that nobody is corrected in the
 * middle of a word.
 */
export function useValidatedFields(form: FormName, initialErrors: FieldErrors = {}) {
  const [errors] = useState(() => toHookErrors(form, initialErrors))
  const { formState, ...control } = useForm<FormValues>({
    resolver: resolverOf(form),
    errors,
    mode: 'onSubmit',
    reValidateMode: 'onSubmit',
    // The error summary takes the focus.
    shouldFocusError: false,
  })
  const [suggestion, setSuggestion] = useState<string>()

  const suggest = useCallback(async (address: string) => {
    setSuggestion((await loadValidation())?.suggestEmail(address))
  }, [])

  useEffect(() => {
    // Typed and left before script arrived.
    const email = document.getElementById(fieldId(form, 'email')) as HTMLInputElement | null
    if (email && email.value !== email.defaultValue && document.activeElement !== email)
      void suggest(email.value)
  }, [form, suggest])

  /** Reads the inputs: a password manager may fill in a field without an event, and a browser may restore one. */
  function readInputs(element: HTMLFormElement) {
    for (const { name } of fieldsOf(form)) {
      const input = element.elements.namedItem(name) as HTMLInputElement
      control.setValue(name, input.type === 'checkbox' ? input.checked : input.value)
    }
  }

  return {
    errors: byName(form, formState.errors),
    register: control.register,
    suggestion,
    /** Calls `onValid` with the values or `onInvalid` with the errors. */
    submit(
      event: FormEvent<HTMLFormElement>,
      onValid: (values: FormValues) => Promise<void>,
      onInvalid: (errors: FieldErrors) => void,
    ) {
      readInputs(event.currentTarget)
      return control.handleSubmit(onValid, (errors) => onInvalid(byName(form, errors)))(event)
    },
    /** Shows the server's errors at their fields. */
    showErrors(errors: FieldErrors) {
      for (const { name } of fieldsOf(form))
        if (errors[name]?.length) control.setError(name, fieldError(errors[name]))
    },
    onFocus: () => void loadValidation(),
    onInput({ target }: FormEvent<HTMLFormElement>) {
      const { name } = target as HTMLInputElement
      if (name === 'email') setSuggestion(undefined)
      const field = fieldsOf(form).find((each) => each.name === name)
      if (field && formState.errors[field.name]) void control.trigger(field.name)
    },
    onBlur({ target }: FocusEvent<HTMLFormElement>) {
      const { name, value } = target as unknown as HTMLInputElement
      if (name === 'email') void suggest(value)
    },
    acceptSuggestion() {
      if (suggestion) control.setValue('email', suggestion)
      control.setFocus('email')
      setSuggestion(undefined)
      void control.trigger('email')
    },
  }
}

function toHookErrors(form: FormName, errors: FieldErrors): HookErrors<FormValues> {
  return Object.fromEntries(
    fieldsOf(form).flatMap(({ name }) => (errors[name]?.length ? [[name, fieldError(errors[name])]] : [])),
  )
}

function byName(form: FormName, errors: HookErrors<FormValues>): FieldErrors {
  return Object.fromEntries(
    fieldsOf(form).flatMap(({ name }) => (errors[name] ? [[name, messagesOf(errors[name])]] : [])),
  )
}
