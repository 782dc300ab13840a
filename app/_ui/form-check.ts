import { zodResolver } from '@hookform/resolvers/zod'
import type { Resolver } from 'react-hook-form'
import type { ZodMiniType } from 'zod/mini'
import type { FormName } from '#lib/forms/forms'
import { type FormValues, visibleSchema } from '#lib/forms/schema'

/**
 * What the form needs once somebody begins to fill it out: validation and the proposal for a mistyped
 * address. Loaded on first focus, so that merely looking at the page costs nothing of it.
 */
export { suggestEmail } from '#lib/forms/email'

/** Checks with the server's own schema, and hands the values on as they were typed. */
export function resolverOf(form: FormName): Resolver<FormValues> {
  return zodResolver(visibleSchema(form) as ZodMiniType<FormValues, FormValues>, undefined, { raw: true })
}
