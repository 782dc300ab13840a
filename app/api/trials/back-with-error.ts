import { cookie, seeOther } from '#app/api/problem'
import { currentClient } from '#app/api/visit'
import { keepSingleField, type SingleFieldName, TYPED_COOKIE } from '#lib/leads/draft'

/** Redirects to the page, which shows the input with its error; neither stands in the URL. */
export async function backWithError(
  form: SingleFieldName,
  typed: string,
  error: string,
  appUrl: string,
): Promise<Response> {
  const id = await keepSingleField({ form, value: typed, error }, await currentClient())
  return seeOther(`/trial/check-email?again=${form}`, [cookie(TYPED_COOKIE, id, 3600, appUrl)])
}
