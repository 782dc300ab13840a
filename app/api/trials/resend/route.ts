import { seeOther } from '#app/api/problem'
import { confirmPath } from '#app/api/trials/confirm-path'
import { currentVisit } from '#app/api/visit'
import { withRateLimit } from '#app/api/with-error-response'
import { submissionsOf } from '#lib/leads/visitor'
import { findTrial, findTrialOf } from '#lib/trials/find'
import { resendConfirmation } from '#lib/trials/resend'

/**
 * Sends a new confirmation link: to the visitor of the cookie, or to the holder of an old link. An old link gives no
 * cookie: with one the request could be sent to another address.
 */
export const POST = withRateLimit(async ({ values }, network) => {
  const token = typeof values.token === 'string' ? values.token : undefined
  const visit = await currentVisit()
  const trial = token === undefined ? await findTrialOf(visit?.trial) : await findTrial(token)
  if (!trial) return seeOther('/trial')
  const page = token === undefined ? '/trial/check-email' : confirmPath(token)
  // The previous page shows the trial's new state.
  if (trial.status === 'confirmed' || trial.status === 'cancelled') return seeOther(page)
  const resent = await resendConfirmation(trial.id, {
    own: submissionsOf(visit),
    proved: token !== undefined,
    network,
  })
  return seeOther(`${page}${token === undefined ? '?' : '&'}${resent ? 'resent' : 'limit'}=1`)
})
