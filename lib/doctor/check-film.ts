import { basename } from 'node:path'
import type { Config } from '#lib/config'
import { readTracks, trackOf } from '#lib/demo/film-tracks'
import { type Finding, ok, problem } from '#lib/doctor/finding'

/** For an operator's own film: it is a video, players can seek in it, and it has captions (WCAG 2.2, 1.2.2). */
export async function checkFilm({ demoVideoUrl }: Config): Promise<Finding[]> {
  if (!demoVideoUrl) return []
  const fault = demoVideoUrl.startsWith('http') ? await findFilmFault(demoVideoUrl) : undefined
  if (fault) return [problem('Demo', `the file of DEMO_VIDEO_URL ${fault}`)]
  const { captions, chapters } = await readTracks(demoVideoUrl)
  const missing = `no captions; put ${basename(trackOf(demoVideoUrl, 'captions').pathname)} beside the film, for those who can't hear it`
  return [
    captions
      ? ok('Demo', `has captions${chapters ? ' and chapters' : '; chapters are optional'}`)
      : problem('Demo', missing),
  ]
}

async function findFilmFault(film: string): Promise<string | undefined> {
  try {
    const headers = { Range: 'bytes=0-1' }
    const answer = await fetch(film, { headers, signal: AbortSignal.timeout(5_000) })
    await answer.body?.cancel()
    if (!answer.ok) return `can't be loaded: its host answers ${answer.status}`
    const type = answer.headers.get('content-type') ?? 'nothing'
    if (!type.startsWith('video/'))
      return `is no video but ${type}; name the file itself, not a page that shows it`
    return answer.status === 206
      ? undefined
      : 'is sent only as a whole, so nobody can skip in it (no range requests)'
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error }
    return `can't be loaded: ${cause?.message || message}`
  }
}
