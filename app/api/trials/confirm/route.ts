import { answering } from '#app/api/answering'
import { seeOther } from '#app/api/problem'
import { receive } from '#app/api/receive'
import { confirmPath } from '#app/api/trials/confirm-path'
import { currentVisit, visitCookie } from '#app/api/visit'
import { readConfig } from '#lib/config'
import { textOf } from '#lib/guard/body'
import { afterProof } from '#lib/leads/visitor'
import { confirmTrial } from '#lib/trials/confirm'
import { findTrial } from '#lib/trials/find'
import { readTimeZone } from '#lib/trials/time-zone'

/** The button on `/trial/confirm`, which posts to its own address (see `server/request-guard.ts`). */
export const POST = answering(async (request) => {
  const { appUrl } = readConfig()
  const sent = await receive(request, appUrl)
  if (sent instanceof Response) return sent
  const token = textOf(sent.values.token) || (new URL(request.url).searchParams.get('token') ?? '')
  const visit = await currentVisit()
  const submissionId = await confirmTrial(token, readTimeZone(sent.values.time_zone))
  // Whoever held an unused link is the person at the address: the next page may show the dates.
  if (submissionId) return seeOther('/trial/started', [visitCookie(afterProof(visit, submissionId))])
  const trial = await findTrial(token)
  const again = visit?.proved && trial && visit.trial === trial.submissionId
  return seeOther(again ? '/trial/started' : confirmPath(token))
})
