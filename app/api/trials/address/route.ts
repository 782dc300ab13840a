import { limited } from '#app/api/answering'
import { seeOther } from '#app/api/problem'
import { backWithError } from '#app/api/trials/back-with-error'
import { currentVisit, visitCookie } from '#app/api/visit'
import { readConfig } from '#lib/config'
import { textOf } from '#lib/guard/body'
import { afterForm, submissionsOf } from '#lib/leads/visitor'
import { correctAddress } from '#lib/trials/correct'

/** Another address for the visitor's own request, once; counted as a submission, because it sends mail. */
export const POST = limited(async (sent, client) => {
  const config = readConfig()
  const visit = await currentVisit()
  if (!visit?.trial) return seeOther('/trial/check-email')
  const email = textOf(sent.values.email).slice(0, 300)
  const answer = await correctAddress(visit.trial, email, submissionsOf(visit), config, client)
  if (answer.outcome === 'invalid') return backWithError('address', email, answer.error, config.appUrl)
  if (answer.outcome !== 'corrected') return seeOther('/trial/check-email')
  return seeOther('/trial/check-email', [visitCookie(afterForm(visit, 'trial', answer.submissionId))])
})
