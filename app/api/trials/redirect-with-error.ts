import { cookie, seeOther } from '#app/api/problem'
import { keepSingleField, SINGLE_FIELD_COOKIE, type SingleFieldName } from '#lib/leads/draft'

/**
 * Back to the single-field form with what was typed and why it was refused; both are kept in the database and not in the
 * address. `client` is the network's pseudonym, which bounds how much is kept.
 */
export async function redirectWithError(
  form: SingleFieldName,
  typed: string,
  error: string,
  appUrl: string,
  client: string,
): Promise<Response> {
  const id = await keepSingleField({ form, value: typed, error }, client)
  return seeOther(`/trial/check-email?again=${form}`, [cookie(SINGLE_FIELD_COOKIE, id, 3600, appUrl)])
}
