import { limited } from '#app/api/answering'
import { seeOther } from '#app/api/problem'
import { currentVisit, visitCookie } from '#app/visit'
import { afterForm, submissionsOf } from '#lib/leads/visitor'
import { findTrial, findTrialOf } from '#lib/trials/find'
import { resendConfirmation } from '#lib/trials/resend'

/** Sends a new confirmation link: to the visitor of the cookie, or to the holder of an old link. */
export const POST = limited(async (sent, client) => {
  const token = sent.values.token
  const visit = await currentVisit()
  const trial = typeof token === 'string' ? await findTrial(token) : await findTrialOf(visit?.trial)
  if (!trial) return seeOther('/trial')
  // The page that the visitor came from says what became of the trial meanwhile.
  if (trial.status === 'confirmed' || trial.status === 'cancelled')
    return seeOther(
      typeof token === 'string' ? `/trial/confirm?token=${encodeURIComponent(token)}` : '/trial/check-email',
    )
  const resent = await resendConfirmation(trial.id, {
    own: submissionsOf(visit),
    proved: typeof token === 'string',
    client,
  })
  // Whoever holds an old link goes on here, in the browser that it was opened in.
  const visited = visit?.trial === trial.submissionId ? visit : afterForm(visit, 'trial', trial.submissionId)
  return seeOther(`/trial/check-email?${resent ? 'resent' : 'limit'}=1`, [visitCookie(visited)])
})
