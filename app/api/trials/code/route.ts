import { seeOther } from '#app/api/problem'
import { forgetSingleField, redirectWithError } from '#app/api/trials/redirect-with-error'
import { currentVisit } from '#app/api/visit'
import { visitCookie } from '#app/api/visit-cookie'
import { withRateLimit } from '#app/api/with-error-response'
import { readConfig } from '#lib/config'
import { textOf } from '#lib/guard/body'
import { afterProof } from '#lib/leads/visitor'
import { type CodeAnswer, confirmByCode } from '#lib/trials/confirm'
import { readTimeZone } from '#lib/trials/time-zone'

/** Confirms a trial by the code from its mail, in the browser that requested it. */
export const POST = withRateLimit(async (sent, network) => {
  const { appUrl, rateLimit } = readConfig()
  const visit = await currentVisit()
  if (!visit?.trial) return seeOther('/trial/check-email')
  const typed = textOf(sent.values.code).slice(0, 100)
  const timeZone = readTimeZone(sent.values.time_zone)
  const answer = await confirmByCode(visit.trial, typed, {
    network: rateLimit ? network : undefined,
    timeZone,
  })
  if (answer.outcome === 'confirmed' || answer.outcome === 'already') await forgetSingleField('code')
  if (answer.outcome === 'confirmed')
    return seeOther('/trial/started', [visitCookie(afterProof(visit, answer.submissionId))])
  if (answer.outcome === 'already') return seeOther('/trial/started')
  const error = explain(answer)
  // Without one, the page itself shows the code's state and the next step.
  return error ? redirectWithError('code', typed, error, appUrl, network) : seeOther('/trial/check-email')
})

function explain(answer: CodeAnswer): string | undefined {
  if (answer.outcome === 'wrong') {
    const left = answer.left === 1 ? 'You have one try left.' : `You have ${answer.left} tries left.`
    return `That isn’t the code in the newest email. ${left}`
  }
  if (answer.outcome === 'malformed')
    return 'Enter the six letters and digits from the email, such as 4KX7MT.'
  if (answer.outcome === 'refused' && answer.by === 'network')
    return 'Too many codes were tried from your network, so we didn’t check this one. Use the link in the email, or try again in an hour.'
  return undefined
}
