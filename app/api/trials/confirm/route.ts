import { seeOther } from '#app/api/problem'
import { readRequestBody } from '#app/api/request-body'
import { confirmPath } from '#app/api/trials/confirm-path'
import { currentVisit } from '#app/api/visit'
import { visitCookie } from '#app/api/visit-cookie'
import { withErrorResponse } from '#app/api/with-error-response'
import { readConfig } from '#lib/config'
import { textOf } from '#lib/guard/body'
import { afterProof } from '#lib/leads/visitor'
import { confirmTrial } from '#lib/trials/confirm'
import { findTrial } from '#lib/trials/find'
import { readTimeZone } from '#lib/trials/time-zone'

/** The form of `/trial/confirm`, which posts to its own address (see `POSTS` in `server/request-guard.ts`). */
export const POST = withErrorResponse(async (request) => {
  const { appUrl } = readConfig()
  const sent = await readRequestBody(request, appUrl)
  if (sent instanceof Response) return sent
  const token = textOf(sent.values.token) || (new URL(request.url).searchParams.get('token') ?? '')
  const visit = await currentVisit()
  const submissionId = await confirmTrial(token, readTimeZone(sent.values.time_zone))
  // An unused link proves the mailbox: the next page may show the dates.
  if (submissionId) return seeOther('/trial/started', [visitCookie(afterProof(visit, submissionId))])
  const trial = await findTrial(token)
  const again = visit?.proved && trial && visit.trial === trial.submissionId
  return seeOther(again ? '/trial/started' : confirmPath(token))
})
