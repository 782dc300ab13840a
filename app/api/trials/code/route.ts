import { limited } from '#app/api/answering'
import { seeOther } from '#app/api/problem'
import { slipBack } from '#app/api/trials/slip-back'
import { currentVisit, visitCookie } from '#app/visit'
import { readConfig } from '#lib/config'
import { textOf } from '#lib/guard/body'
import { afterProof } from '#lib/leads/visitor'
import { confirmByCode } from '#lib/trials/confirm'
import { readTimeZone } from '#lib/trials/time-zone'

/** The code of the mail, typed in the browser that asked for the trial. */
export const POST = limited(async (sent) => {
  const { appUrl } = readConfig()
  const visit = await currentVisit()
  if (!visit?.trial) return seeOther('/trial/check-email')
  const typed = textOf(sent.values.code).slice(0, 40)
  const timeZone = readTimeZone(sent.values.time_zone)
  const answer = await confirmByCode(visit.trial, typed, timeZone)
  if (answer.outcome === 'confirmed')
    return seeOther('/trial/started', [visitCookie(afterProof(visit, answer.submissionId))])
  if (answer.outcome === 'already') return seeOther('/trial/started')
  if (answer.outcome === 'wrong') {
    const left = answer.left === 1 ? 'You have one try left.' : `You have ${answer.left} tries left.`
    return slipBack('code', typed, `That isn’t the code in the newest email. ${left}`, appUrl)
  }
  if (answer.outcome === 'malformed')
    return slipBack('code', typed, 'Enter the six letters and digits from the email, such as 4KQ7MX.', appUrl)
  // The page itself says what became of the code and offers a new one.
  return seeOther('/trial/check-email')
})
