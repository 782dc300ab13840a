import { seeOther } from '#app/api/problem'
import { forgetSingleField, redirectWithError } from '#app/api/trials/redirect-with-error'
import { currentVisit } from '#app/api/visit'
import { visitCookie } from '#app/api/visit-cookie'
import { withRateLimit } from '#app/api/with-error-response'
import { readConfig } from '#lib/config'
import { textOf } from '#lib/guard/body'
import { afterForm, submissionsOf } from '#lib/leads/visitor'
import { correctAddress } from '#lib/trials/correct'

/** Corrects the address of the visitor's own request, once. Counted as a submission, because it sends mail. */
export const POST = withRateLimit(async (sent, network) => {
  const config = readConfig()
  const visit = await currentVisit()
  if (!visit?.trial) return seeOther('/trial/check-email')
  const email = textOf(sent.values.email).slice(0, 300)
  const answer = await correctAddress(visit.trial, email, submissionsOf(visit), config, network)
  if (answer.outcome === 'invalid')
    return redirectWithError('address', email, answer.error, config.appUrl, network)
  if (answer.outcome !== 'corrected') return seeOther('/trial/check-email')
  await forgetSingleField('address')
  return seeOther('/trial/check-email', [visitCookie(afterForm(visit, 'trial', answer.submissionId))])
})
