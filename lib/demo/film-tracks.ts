import { readFile } from 'node:fs/promises'
import { parseText, tokenizeVTTCue, type VTTNode } from 'media-captions'
import { log } from '#lib/log'

/**
 * The tracks of the operator's own film: `film.mp4` has `film.vtt` (captions) and `film.chapters.vtt` beside it. The server
 * fetches them and serves them from our origin, because a browser loads no tracks from another origin without CORS, and
 * because the transcript is made of them.
 */
export type Tracks = { captions?: string; chapters?: string }
export type TrackKind = keyof Tracks

/** A caption or a chapter: seconds from the start of the film, and its text. */
export type Cue = { at: number; text: string }

const FETCH_TIMEOUT_MS = 2000
const MAX_TRACK_BYTES = 1_048_576
const CACHE_MS = 600_000
/** A missing track is requested again after this time. */
const RETRY_MISSING_MS = 60_000

const cache = new Map<string, { until: number; tracks: Promise<Tracks> }>()

/** The tracks of a film, cached for ten minutes. A track that can't be fetched is undefined. */
export function readTracks(film: string): Promise<Tracks> {
  const known = cache.get(film)
  if (known && known.until > Date.now()) return known.tracks
  const tracks = readBoth(film)
  const entry = { until: Date.now() + RETRY_MISSING_MS, tracks }
  cache.set(film, entry)
  tracks.then(({ captions }) => {
    if (captions) entry.until = Date.now() + CACHE_MS
  })
  return tracks
}

async function readBoth(film: string): Promise<Tracks> {
  const [captions, chapters] = await Promise.all([readTrack(film, 'captions'), readTrack(film, 'chapters')])
  return { captions, chapters }
}

async function readTrack(film: string, kind: TrackKind): Promise<string | undefined> {
  try {
    const text = await readText(trackOf(film, kind))
    return text.startsWith('WEBVTT') ? text : undefined
  } catch (error) {
    log.debug({ kind, reason: (error as Error).message }, 'the film has no such track beside it')
    return undefined
  }
}

/** The URL of a film's track. The query stays, because it may contain a signature of the object storage. */
export function trackOf(film: string, kind: TrackKind): URL {
  const url = new URL(film)
  const ending = kind === 'captions' ? '.vtt' : '.chapters.vtt'
  url.pathname = url.pathname.replace(/(\.\w+)?$/, ending)
  return url
}

async function readText(url: URL): Promise<string> {
  if (url.protocol === 'file:') return withoutMark(await readFile(url, 'utf8'))
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
  if (!response.ok) throw new Error(`the host answered ${response.status}`)
  if (Number(response.headers.get('content-length')) > MAX_TRACK_BYTES) throw new Error('more than 1 MiB')
  return withoutMark((await response.text()).slice(0, MAX_TRACK_BYTES))
}

/** Removes the byte order mark that editors on Windows write. */
const withoutMark = (text: string) => text.replace(/^\uFEFF/, '')

/** The cues of a track (WebVTT, W3C) in order, without markup. */
export async function readCues(track: string): Promise<Cue[]> {
  // The parser's patterns take quadratic time on a run of blanks.
  const { cues } = await parseText(track.replace(/[^\S\r\n]+/g, ' '), { type: 'vtt' })
  return cues
    .map((cue) => ({
      at: Math.floor(cue.startTime),
      text: wordsOf(tokenizeVTTCue(cue)).replace(/\s+/g, ' ').trim(),
    }))
    .filter(({ text }) => text)
}

function wordsOf(nodes: VTTNode[]): string {
  return nodes.map((node) => (node.type === 'text' ? node.data : wordsOf(node.children))).join('')
}
