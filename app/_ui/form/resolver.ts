import type { FieldError, Resolver } from 'react-hook-form'
import type { FormName } from '#lib/forms/forms'
import type { FormValues } from '#lib/forms/submission-schema'

/**
 * Validation, and the suggestion for a mistyped address. Loaded on the first focus, so that viewing a page does not load
 * them. Undefined if they can't be loaded (offline, or gone after a deploy).
 */
export const loadValidation = () => import('#lib/forms/submission-schema').catch(() => undefined)

/**
 * Validates a form in the browser with the server's schema. If it can't be loaded every form passes, as the server
 * validates anyway.
 */
export function resolverOf(form: FormName): Resolver<FormValues> {
  return async (values) => {
    const validation = await loadValidation()
    const found = Object.entries(validation?.findErrors(form, values) ?? {})
    if (found.length === 0) return { values, errors: {} }
    return { values: {}, errors: Object.fromEntries(found.map(([name, all]) => [name, fieldError(all)])) }
  }
}

/** All messages of a field as one error of react-hook-form. */
export function fieldError(messages: string[]): FieldError {
  return { type: 'validate', message: messages[0], types: Object.fromEntries(messages.entries()) }
}

export function messagesOf(error: FieldError | undefined): string[] {
  return Object.values(error?.types ?? {}).filter((message) => typeof message === 'string')
}
