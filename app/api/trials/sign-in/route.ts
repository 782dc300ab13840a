import { seeOther } from '#app/api/problem'
import { confirmPath } from '#app/api/trials/confirm-path'
import { currentVisit } from '#app/api/visit'
import { withRateLimit } from '#app/api/with-error-response'
import { findTrial, findTrialOf } from '#lib/trials/find'
import { mailSignInLink } from '#lib/trials/sign-in-mail'

/**
 * Mails how to sign in to the trial's own address, for a used link or the visitor of the cookie. The next page says whether
 * the mail is on its way.
 */
export const POST = withRateLimit(async ({ values }, network) => {
  const token = typeof values.token === 'string' ? values.token : undefined
  const trial =
    token === undefined ? await findTrialOf((await currentVisit())?.trial) : await findTrial(token)
  if (trial) await mailSignInLink(trial.id, network)
  return seeOther(token === undefined ? '/trial/started?asked=1' : `${confirmPath(token)}&asked=1`)
})
