import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import { type Cue, readCues, readTracks } from '#lib/demo/film-tracks'
import { clock, scenes } from '#lib/demo/scenes'

/** A film with what its page shows. All times are in seconds from its start. */
export type Film = {
  /** Identifies the film, because the operator may replace it. */
  id: string
  /** In order of preference: a browser takes the first that it can play. */
  sources: { src: string; type?: string }[]
  /** Addresses of the tracks; absent where there are none. */
  captions?: string
  chaptersTrack?: string
  poster?: string
  chapters: { at: number; clock: string; title: string }[]
  transcript: Passage[]
}
/** A part of the transcript: the text of a chapter or, without chapters, of a minute. */
export type Passage = { at: number; clock: string; title?: string; text: string }

/** Id of the film that comes with the service. */
export const SAMPLE = 'sample'

/** The film's id in `demo_views`: a hash of its URL without the query, which may contain a signature. */
export function filmId(demoVideoUrl: string | undefined): string {
  if (!demoVideoUrl) return SAMPLE
  const { origin, pathname } = new URL(demoVideoUrl)
  return createHash('sha256').update(`${origin}${pathname}`).digest('base64url').slice(0, 12)
}

/** Path, without extension, of the operator's own film when it is a local file. */
const OWN_FILM = '/demo/film'
const PASSAGE_SECONDS = 60

/**
 * The sample film, or the operator's own film with its tracks.
 * @param pass from the mail's link, if the visitor has no cookie: the URLs of the files need it too
 */
export async function readFilm(demoVideoUrl: string | undefined, pass: string | undefined): Promise<Film> {
  const key = pass ? `?pass=${encodeURIComponent(pass)}` : ''
  return demoVideoUrl ? readOwn(demoVideoUrl, key) : sample(key)
}

function sample(key: string): Film {
  return {
    id: SAMPLE,
    // VP9 first: the smaller file. Every browser of the last ten years plays one of the two.
    sources: [
      { src: `/demo/sample.webm${key}`, type: 'video/webm' },
      { src: `/demo/sample.mp4${key}`, type: 'video/mp4' },
    ],
    captions: `/demo/captions.vtt${key}`,
    chaptersTrack: `/demo/chapters.vtt${key}`,
    poster: '/demo/poster.jpg',
    chapters: scenes.map(({ at, title }) => ({ at, clock: clock(at), title })),
    transcript: scenes.map(({ at, title, lines }) => {
      return { at, clock: clock(at), title, text: lines.map(({ text }) => text).join(' ') }
    }),
  }
}

async function readOwn(demoVideoUrl: string, key: string): Promise<Film> {
  const { protocol, pathname } = new URL(demoVideoUrl)
  const { captions, chapters } = await readTracks(demoVideoUrl)
  const titles = chapters ? await readCues(chapters) : []
  return {
    id: filmId(demoVideoUrl),
    sources: [{ src: protocol === 'file:' ? `${OWN_FILM}${extname(pathname)}${key}` : demoVideoUrl }],
    captions: captions && `/demo/captions.vtt${key}`,
    chaptersTrack: chapters && `/demo/chapters.vtt${key}`,
    chapters: titles.map(({ at, text }) => ({ at, clock: clock(at), title: text })),
    transcript: captions ? passagesOf(await readCues(captions), titles) : [],
  }
}

function passagesOf(lines: Cue[], titles: Cue[]): Passage[] {
  const passages: Passage[] = []
  for (const { at, text } of lines) {
    const chapter = titles.findLast((title) => title.at <= at)
    const from = chapter?.at ?? Math.floor(at / PASSAGE_SECONDS) * PASSAGE_SECONDS
    const last = passages.at(-1)
    if (last?.at === from) last.text += ` ${text}`
    else passages.push({ at: from, clock: clock(from), title: chapter?.text, text })
  }
  return passages
}
