import { cookies } from 'next/headers'
import { cookie, problem, seeOther } from '#app/api/problem'
import { clientAddress, receive } from '#app/api/receive'
import { slipBack } from '#app/api/trials/slip-back'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { waitSeconds } from '#lib/guard/rate'
import { readVisitor, VISITOR_COOKIE, VISITOR_SECONDS, visitorToken } from '#lib/leads/visitor'
import { correctAddress } from '#lib/trials/correct'

/** Another address for the visitor's own request, once; counted as a submission, because it sends mail. */
export async function POST(request: Request) {
  const config = readConfig()
  const sent = await receive(request, config.appUrl)
  if (sent instanceof Response) return sent
  const wait = config.rateLimit ? await waitSeconds(database(), clientAddress(request)) : 0
  if (wait) return problem(429, 'Too many requests. Wait a little and send it again.', { retryAfter: wait })
  const visitor = await readVisitor((await cookies()).get(VISITOR_COOKIE)?.value)
  if (visitor?.form !== 'trial') return seeOther('/trial/check-email')
  const email = String(sent.values.email ?? '').slice(0, 300)
  const answer = await correctAddress(visitor.submissionId, email, '/trial/check-email', config)
  if (answer.outcome === 'invalid') return slipBack('address', email, answer.error, config.appUrl)
  if (answer.outcome !== 'corrected') return seeOther('/trial/check-email')
  return seeOther('/trial/check-email', [
    cookie(VISITOR_COOKIE, visitorToken(answer.submissionId), VISITOR_SECONDS, config.appUrl),
  ])
}
