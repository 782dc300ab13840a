import { cookie, seeOther } from '#app/api/problem'
import { currentCookie } from '#app/api/visit'
import { deleteDraft, keepSingleField, SINGLE_FIELD_COOKIE, type SingleFieldName } from '#lib/leads/draft'

/**
 * Redirects to the single-field form with the typed value and its error, both stored in the database and not in the URL.
 * `network`: the network's pseudonym, which limits how much is stored.
 */
export async function redirectWithError(
  form: SingleFieldName,
  typed: string,
  error: string,
  appUrl: string,
  network: string,
): Promise<Response> {
  const id = await keepSingleField({ form, value: typed, error }, network)
  return seeOther(`/trial/check-email?again=${form}`, [cookie(SINGLE_FIELD_COOKIE, id, 3600, appUrl)])
}

/** Deletes the typed value once it was corrected. */
export async function forgetSingleField(form: SingleFieldName): Promise<void> {
  await deleteDraft(await currentCookie(SINGLE_FIELD_COOKIE), form)
}
