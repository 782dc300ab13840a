import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import send from 'send'
import { readConfig } from '#lib/config'
import { readTracks, type TrackKind } from '#lib/demo/film-tracks'
import { mayWatch } from '#lib/demo/may-watch'
import { findVisit } from '#lib/leads/visitor'

/**
 * The paths of the film and its tracks, which are sent only to those who may watch. The files are not in `public/`, which
 * Next serves to everyone, so no spelling of a path avoids the check. An operator's own film on this machine is guarded
 * too; of a film elsewhere only the tracks are served here.
 */
const MEDIA = /^\/demo\/(sample\.mp4|sample\.webm|film(?:\.\w+)?|captions\.vtt|chapters\.vtt)$/

/** @param url a path, or a path with its query */
export function isDemoMedia(url: string): boolean {
  return MEDIA.test(pathOf(url))
}

/** Responds with ranges, validators and `304` (RFC 9110), which players need for seeking. */
export async function sendDemoMedia(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('Vary', 'Cookie')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    return
  }
  const file = MEDIA.exec(pathOf(request.url))?.[1] ?? ''
  if (!(await mayWatch(findVisit(request.headers.cookie), readPassParameter(request))))
    return refuse(request, response)
  const { demoVideoUrl } = readConfig()
  response.setHeader('Cache-Control', 'private, max-age=3600')
  if (demoVideoUrl && file.endsWith('.vtt')) return sendTrack(demoVideoUrl, file, response)
  const own = file.startsWith('film') ? localFilm(demoVideoUrl) : undefined
  await sendFile(own ?? join('media', file), request, response)
}

async function sendFile(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found)
    checkRange(request, response, `"${found.mtimeMs.toString(36)}-${found.size.toString(36)}"`, found.mtime)
  const options = { root: dirname(path), cacheControl: false, index: false, dotfiles: 'allow' } as const
  send(request, encodeURIComponent(basename(path)), options)
    // Without a listener `send` removes all headers, the security headers among them.
    .on('error', ({ status = 500, headers }: SendFault) => {
      for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value)
      response.removeHeader('Content-Type')
      response.writeHead(status).end()
    })
    .pipe(response)
}

type SendFault = { status?: number; headers?: Record<string, string> }

/**
 * RFC 9110 §13.1.5: a range is sent only if `If-Range` matches the file's validator by strong comparison; §14.2: and only
 * for GET. `send` also accepts weak tags, partial tags and later dates.
 */
function checkRange(request: IncomingMessage, response: ServerResponse, etag: string, modified: Date): void {
  response.setHeader('ETag', etag)
  const condition = request.headers['if-range']
  const matches = condition === undefined || condition === etag || condition === modified.toUTCString()
  if (!matches || request.method !== 'GET') delete request.headers.range
  delete request.headers['if-range']
}

/** The operator's film, if it is on this machine. */
function localFilm(demoVideoUrl: string | undefined): string | undefined {
  return demoVideoUrl?.startsWith('file:') ? fileURLToPath(demoVideoUrl) : undefined
}

async function sendTrack(film: string, file: string, response: ServerResponse): Promise<void> {
  const track = (await readTracks(film))[file.replace('.vtt', '') as TrackKind]
  response.setHeader('Content-Type', 'text/vtt; charset=utf-8')
  if (track === undefined)
    // Not cached: the operator may add the track later.
    response.writeHead(404, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'private, no-store',
    })
  response.end(track ?? 'This film has no such track.\n')
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Cache-Control', 'private, no-store')
  // A browser with an old link is redirected to the form; a player gets a plain 403.
  if (request.headers.accept?.includes('text/html')) {
    response.writeHead(303, { Location: '/demo' }).end()
    return
  }
  response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end('The demo is for those who filled out the form at /demo.\n')
}

function pathOf(url = ''): string {
  return url.split('?', 1)[0] ?? ''
}

function readPassParameter(request: IncomingMessage): string | undefined {
  return new URLSearchParams((request.url ?? '').split('?')[1]).get('pass') ?? undefined
}
