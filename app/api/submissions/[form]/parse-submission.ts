import * as z from 'zod/mini'
import { readIdempotencyKey } from '#app/api/request-body'
import type { Config } from '#lib/config'
import { fieldOf } from '#lib/forms/fields'
import { type FormName, fieldsOf, formNames, KEY_FIELD } from '#lib/forms/forms'
import { errorsOf, type FieldErrors, type Submitted, submissionSchema } from '#lib/forms/submission-schema'
import type { ParsedBody } from '#lib/guard/body'
import { ownPath } from '#lib/guard/own-path'
import type { Arrival } from '#lib/leads/capture'
import { readAttribution } from '#lib/leads/read-attribution'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const schemas = new Map(formNames.map((form) => [form, submissionSchema(form)]))

/** The valid submission, or the errors by field. */
export function parseSubmission(
  form: FormName,
  sent: ParsedBody,
  headers: Headers,
  config: Config,
): Arrival | { errors: FieldErrors } {
  const values = sent.kind === 'form' ? fromPlainForm(form, sent.values) : sent.values
  const key = readIdempotencyKey(headers) || values[KEY_FIELD] || undefined
  if (key !== undefined && !(typeof key === 'string' && UUID.test(key)))
    return { errors: { [KEY_FIELD]: ['Send a UUID as the key, or none.'] } }
  const parsed = z.safeParse(schemas.get(form) as z.ZodMiniType<Submitted>, values)
  if (!parsed.success) return { errors: errorsOf(parsed.error) }
  const referer = headers.get('referer')
  return {
    form,
    values: parsed.data,
    attribution: readAttribution(parsed.data, referer, config.appUrl),
    key: key?.toLowerCase(),
    page: ownPath(referer, config.appUrl)?.split('?', 1)[0]?.slice(0, 200),
  }
}

/** A plain form has no booleans: a checked box sends its value, an unchecked one nothing. */
function fromPlainForm(form: FormName, values: Record<string, unknown>): Record<string, unknown> {
  const boxes = fieldsOf(form).filter(({ name }) => fieldOf(name).kind === 'consent')
  const ticked = Object.fromEntries(
    boxes.map(({ name }) => [name, ['on', 'true', '1'].includes(String(values[name]))]),
  )
  // Empty fields count as not sent, such as the key and an unselected choice.
  const filled = Object.entries(values).filter(([, value]) => value !== '')
  return { ...Object.fromEntries(filled), ...ticked }
}
