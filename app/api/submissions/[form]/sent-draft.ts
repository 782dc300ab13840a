import { cookie } from '#app/api/problem'
import { readConfig } from '#lib/config'
import type { FormName } from '#lib/forms/forms'
import { readCookies } from '#lib/guard/cookie'
import { DRAFT_COOKIE, deleteDraft } from '#lib/leads/draft'
import { log } from '#lib/log'

/**
 * Deletes the draft of a form that was now sent, so that no name or message is left on a shared computer. Its cookie then
 * names the submission, which `/review` shows.
 */
export async function withoutDraft(
  response: Response,
  form: FormName,
  cookies: string | null,
  reference: string,
): Promise<Response> {
  const [id] = readCookies(cookies, DRAFT_COOKIE)
  try {
    if (await deleteDraft(id, form))
      response.headers.append('Set-Cookie', cookie(DRAFT_COOKIE, reference, 86_400, readConfig().appUrl))
  } catch (error) {
    // The submission is stored, so the answer stays true. The draft ends by itself.
    log.error({ err: error }, 'the draft of a stored submission was not deleted')
  }
  return response
}
