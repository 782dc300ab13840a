import { cookies } from 'next/headers'
import { cookie, seeOther } from '#app/api/problem'
import { receive } from '#app/api/receive'
import { readConfig } from '#lib/config'
import { readVisitor, VISITOR_COOKIE, VISITOR_SECONDS, visitorToken } from '#lib/leads/visitor'
import { findTrial, findTrialOf } from '#lib/trials/find'
import { resendConfirmation } from '#lib/trials/resend'

/** Sends a new confirmation link: to the visitor of the cookie, or to the holder of an old link. */
export async function POST(request: Request) {
  const { appUrl } = readConfig()
  const sent = await receive(request, appUrl)
  if (sent instanceof Response) return sent
  const token = sent.values.token
  const trial = typeof token === 'string' ? await findTrial(token) : await findTrialOfVisitor()
  if (!trial) return seeOther('/trial')
  if (trial.status === 'confirmed' || trial.status === 'cancelled') return seeOther(`/trial/check-email`)
  const resent = await resendConfirmation(trial.id)
  return seeOther(`/trial/check-email?${resent ? 'resent' : 'limit'}=1`, [
    cookie(VISITOR_COOKIE, visitorToken(trial.submissionId), VISITOR_SECONDS, appUrl),
  ])
}

async function findTrialOfVisitor() {
  const visitor = await readVisitor((await cookies()).get(VISITOR_COOKIE)?.value)
  return visitor && findTrialOf(visitor.submissionId)
}
