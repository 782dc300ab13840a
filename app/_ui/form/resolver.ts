import type { FieldError, Resolver } from 'react-hook-form'
import type { FormName } from '#lib/forms/forms'
import type { FormValues } from '#lib/forms/schema'

/**
 * Validation, and the proposal for a mistyped address: loaded on the first focus, so that merely looking at a page
 * costs nothing of it. Undefined where it cannot be had (offline, or replaced by a deploy).
 */
export const loadValidation = () => import('#lib/forms/validation').catch(() => undefined)

/**
 * Checks a form in the browser with the schema of the server. Without the schema every form passes here: the server's
 * answer is the real one.
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
