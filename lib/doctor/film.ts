import { basename } from 'node:path'
import type { Config } from '#lib/config'
import { readTracks, trackOf } from '#lib/demo/film-tracks'
import { type Finding, well, wrong } from '#lib/doctor/finding'

/** Of an operator's own film: that it is one, can be sought in, and has captions (WCAG 2.2, 1.2.2). */
export async function checkFilm({ demoVideoUrl }: Config): Promise<Finding[]> {
  if (!demoVideoUrl) return []
  const fault = demoVideoUrl.startsWith('http') ? await faultOfFilm(demoVideoUrl) : undefined
  if (fault) return [wrong('Demo', `the file of DEMO_VIDEO_URL ${fault}`)]
  const { captions, chapters } = await readTracks(demoVideoUrl)
  const missing = `no captions; put ${basename(trackOf(demoVideoUrl, 'captions').pathname)} beside the film, for those who can't hear it`
  return [
    captions
      ? well('Demo', `has captions${chapters ? ' and chapters' : '; chapters are optional'}`)
      : wrong('Demo', missing),
  ]
}

async function faultOfFilm(film: string): Promise<string | undefined> {
  try {
    const headers = { Range: 'bytes=0-1' }
    const answer = await fetch(film, { headers, signal: AbortSignal.timeout(5_000) })
    await answer.body?.cancel()
    if (!answer.ok) return `can't be had: its host answers ${answer.status}`
    const type = answer.headers.get('content-type') ?? 'nothing'
    if (!type.startsWith('video/'))
      return `is no video but ${type}; name the file itself, not a page that shows it`
    return answer.status === 206 ? undefined : 'comes whole only; nobody can skip in it (no range requests)'
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error }
    return `can't be had: ${cause?.message || message}`
  }
}
