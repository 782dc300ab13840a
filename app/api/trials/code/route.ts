import { cookies } from 'next/headers'
import { cookie, seeOther } from '#app/api/problem'
import { receive } from '#app/api/receive'
import { slipBack } from '#app/api/trials/slip-back'
import { readConfig } from '#lib/config'
import { readVisitor, VISITOR_COOKIE, VISITOR_SECONDS, visitorToken } from '#lib/leads/visitor'
import { confirmByCode } from '#lib/trials/confirm'
import { readTimeZone } from '#lib/trials/time-zone'

/** The code of the mail, typed in the browser that asked for the trial. */
export async function POST(request: Request) {
  const { appUrl } = readConfig()
  const sent = await receive(request, appUrl)
  if (sent instanceof Response) return sent
  const visitor = await readVisitor((await cookies()).get(VISITOR_COOKIE)?.value)
  if (visitor?.form !== 'trial') return seeOther('/trial/check-email')
  const typed = String(sent.values.code ?? '').slice(0, 40)
  const timeZone = readTimeZone(sent.values.time_zone)
  const answer = await confirmByCode(visitor.submissionId, typed, timeZone)
  if (answer.outcome === 'confirmed')
    return seeOther('/trial/started', [
      cookie(VISITOR_COOKIE, visitorToken(answer.submissionId), VISITOR_SECONDS, appUrl),
    ])
  if (answer.outcome === 'wrong') {
    const left = answer.left === 1 ? 'You have one try left.' : `You have ${answer.left} tries left.`
    return slipBack('code', typed, `That isn’t the code in the newest email. ${left}`, appUrl)
  }
  if (answer.outcome === 'malformed')
    return slipBack('code', typed, 'Enter the six letters and digits from the email, such as 4KQ7MX.', appUrl)
  // The page itself says what became of the code and offers a new one.
  return seeOther('/trial/check-email')
}
