import { seeOther } from '#app/api/problem'
import { confirmPath } from '#app/api/trials/confirm-path'
import { currentVisit } from '#app/api/visit'
import { withRateLimit } from '#app/api/with-error-response'
import { findTrial, findTrialOf } from '#lib/trials/find'
import { mailSignIn } from '#lib/trials/sign-in-mail'

/**
 * Mails the way in to the trial's own address, for the holder of a used link or the visitor of the cookie. The answer is
 * the same whether a mail goes out or the address has had its three: a stranger is not told.
 */
export const POST = withRateLimit(async ({ values }) => {
  const token = typeof values.token === 'string' ? values.token : undefined
  const trial =
    token === undefined ? await findTrialOf((await currentVisit())?.trial) : await findTrial(token)
  if (trial) await mailSignIn(trial.id)
  return seeOther(token === undefined ? '/trial/started?asked=1' : `${confirmPath(token)}&asked=1`)
})
