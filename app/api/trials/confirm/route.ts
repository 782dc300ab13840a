import { answering } from '#app/api/answering'
import { seeOther } from '#app/api/problem'
import { receive } from '#app/api/receive'
import { currentVisit, visitCookie } from '#app/visit'
import { readConfig } from '#lib/config'
import { afterProof } from '#lib/leads/visitor'
import { confirmTrial } from '#lib/trials/confirm'
import { readTimeZone } from '#lib/trials/time-zone'

/** The button on `/trial/confirm`, which posts to its own address (see `app/request-guard.ts`). */
export const POST = answering(async (request) => {
  const { appUrl } = readConfig()
  const sent = await receive(request, appUrl)
  if (sent instanceof Response) return sent
  const token = String(sent.values.token ?? new URL(request.url).searchParams.get('token') ?? '')
  const trial = await confirmTrial(token, readTimeZone(sent.values.time_zone))
  // Nothing longer is ours, and half a surrogate pair, which JSON can hold, has no form in an address.
  if (trial?.status !== 'confirmed')
    return seeOther(`/trial/confirm?token=${encodeURIComponent(token.slice(0, 300).toWellFormed())}`)
  // Whoever holds the link is the person at the address: the next page may show the dates.
  return seeOther('/trial/started', [visitCookie(afterProof(await currentVisit(), trial.submissionId))])
})
