import { problem } from '#app/api/problem'
import { readRequestBody } from '#app/api/request-body'
import { currentVisit } from '#app/api/visit'
import { withErrorResponse } from '#app/api/with-error-response'
import { readConfig } from '#lib/config'
import { database } from '#lib/db/connection'
import { filmId } from '#lib/demo/film'
import { readWatcher } from '#lib/demo/may-watch'
import { recordView, reportSchema } from '#lib/demo/view'
import { isAnonymousPass } from '#lib/leads/watch-pass'

/** The player's reports, sent by beacon. With Global Privacy Control or Do Not Track nothing is stored. */
export const POST = withErrorResponse(async (request) => {
  const { appUrl, demoVideoUrl } = readConfig()
  const sent = await readRequestBody(request, appUrl)
  if (sent instanceof Response) return sent
  const done = new Response(null, { status: 204, headers: { 'Cache-Control': 'private, no-store' } })
  const { headers } = request
  if (headers.get('sec-gpc') === '1' || headers.get('dnt') === '1') return done
  const report = reportSchema.safeParse(sent.values)
  if (!report.success) return problem(422, 'This is not what our player reports.')
  const watcher = await readWatcher(await currentVisit(), report.data.pass)
  if (!watcher && isAnonymousPass(report.data.pass)) return done
  if (!watcher) return problem(403, 'Fill out the form at /demo first.')
  await recordView(database(), watcher, report.data, filmId(demoVideoUrl))
  return done
})
