import { answering } from '#app/api/answering'
import { seeOther } from '#app/api/problem'
import { receive } from '#app/api/receive'
import { currentVisit, visitCookie } from '#app/visit'
import { readConfig } from '#lib/config'
import { textOf } from '#lib/guard/body'
import { LONGEST_TOKEN } from '#lib/guard/token'
import { afterProof } from '#lib/leads/visitor'
import { confirmTrial } from '#lib/trials/confirm'
import { readTimeZone } from '#lib/trials/time-zone'

/** The button on `/trial/confirm`, which posts to its own address (see `app/server.ts`). */
export const POST = answering(async (request) => {
  const { appUrl } = readConfig()
  const sent = await receive(request, appUrl)
  if (sent instanceof Response) return sent
  const given = textOf(sent.values.token) || (new URL(request.url).searchParams.get('token') ?? '')
  // It stands in the address of the answer: Node's clients, and others, take no header of 64 KiB.
  const token = given.slice(0, LONGEST_TOKEN).toWellFormed()
  const trial = await confirmTrial(token, readTimeZone(sent.values.time_zone))
  if (trial?.status !== 'confirmed') return seeOther(`/trial/confirm?token=${encodeURIComponent(token)}`)
  // Whoever holds the link is the person at the address: the next page may show the dates.
  return seeOther('/trial/started', [visitCookie(afterProof(await currentVisit(), trial.submissionId))])
})
