import { cookie, seeOther } from '#app/api/problem'
import { currentClient } from '#app/api/visit'
import { keepSlip, type SlipName, TYPED_COOKIE } from '#lib/leads/draft'

/** Back to the page with what was typed and why it was not taken; neither stands in the address. */
export async function slipBack(
  form: SlipName,
  typed: string,
  error: string,
  appUrl: string,
): Promise<Response> {
  const id = await keepSlip({ form, value: typed, error }, await currentClient())
  return seeOther(`/trial/check-email?again=${form}`, [cookie(TYPED_COOKIE, id, 3600, appUrl)])
}
