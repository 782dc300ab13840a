import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Config } from '#lib/config'
import { formNames, forms } from '#lib/forms/forms'
import { putLengths } from '#lib/placeholders/durations'
import { ORIGIN_PLACEHOLDER } from '#lib/placeholders/origin'
import { findElements, replaceElements } from '#server/elements'
import { contentSecurityPolicy } from '#server/policy'

/**
 * The prerendered pages, finished and kept in memory when the process starts: with their public origin and
 * the lengths of time that they name, which are settings that the build does not know; without Next's script where a page
 * has none of ours; with a policy that allows just the inline scripts that stand in them.
 *
 * They are answered here and not by Next: nothing is written into the build (so that it may be read-only
 * and shared by many instances), and a page costs a tenth of the time. Figures: `lib/DECISIONS.md`.
 */
const BUILT = '.next/server/app'

/** The pages that have a script of ours: those of the forms. */
const WITH_SCRIPT = new Set<string>(formNames.map((form) => forms[form].page))

/** The attributes of a `<link>` to a stylesheet of the build. */
const STYLESHEET = /^ rel="stylesheet" href="\/_next\/(static\/[^"?]+)"/

export type Page = { policy: string; etag: string; plain: Buffer; gzip: Buffer; br: Buffer }

type Settings = Pick<Config, 'appUrl' | 'demoVideoUrl' | 'retentionDays' | 'trialDays'>

/** Reads all prerendered pages, by path, and finishes them with what the build could not know. */
export function readPrerendered(settings: Settings): Map<string, Page> {
  const files = globSync('**/*.html', { cwd: BUILT }).filter((file) => !file.startsWith('_global'))
  return new Map(
    files.map((file) => {
      const path = `/${file.replace(/\.html$/, '').replace(/^index$/, '')}`
      return [path, finish(path, readFileSync(join(BUILT, file), 'utf8'), settings)]
    }),
  )
}

function finish(path: string, built: string, config: Settings): Page {
  const scripted = WITH_SCRIPT.has(path)
  const placed = putLengths(built.replaceAll(ORIGIN_PLACEHOLDER, config.appUrl), config)
  const whole = config.demoVideoUrl ? withoutSample(placed) : placed
  const finished = scripted ? whole : withStyles(withoutScripts(whole))
  const html = Buffer.from(finished)
  return {
    policy: contentSecurityPolicy({
      scripts: scripted ? `'self' ${hashesOf(whole, 'script').join(' ')}` : "'none'",
      styles: scripted ? undefined : hashesOf(finished, 'style').join(' '),
    }),
    etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`,
    plain: html,
    gzip: gzipSync(html, { level: 9 }),
    br: brotliCompressSync(html),
  }
}

/** Data in a script element (JSON-LD) stays: it never runs. */
const isData = (attributes = '') => attributes.includes('application/ld+json')

/**
 * Disables the sample film's JSON-LD where the operator has a film of their own, but keeps the element for
 * hydration.
 */
function withoutSample(html: string): string {
  return replaceElements(html, 'script', ({ attributes, body }) =>
    isData(attributes) && body.includes('"@type":"VideoObject"')
      ? `<script${attributes.replace('application/ld+json', 'text/plain')}>${body}</script>`
      : undefined,
  )
}

function withoutScripts(html: string): string {
  const without = replaceElements(html, 'script', ({ attributes }) => (isData(attributes) ? undefined : ''))
  return replaceElements(without, 'link', ({ attributes }) =>
    attributes.includes(' as="script"') ? '' : undefined,
  )
}

/**
 * Puts the stylesheet into a page that no script takes over (React would ask for the file again): one
 * request less before the first paint, and the typeface comes on the connection that is open already.
 */
function withStyles(html: string): string {
  return replaceElements(html, 'link', ({ attributes }) => {
    const file = STYLESHEET.exec(attributes)?.[1]
    if (!file) return undefined
    const css = readFileSync(join('.next', file), 'utf8')
    return `<style>${css.replaceAll('url(../media/', 'url(/_next/static/media/')}</style>`
  })
}

/** The hash source of each inline element of a name, over its exact bytes. */
function hashesOf(html: string, name: string): string[] {
  const inline = [...findElements(html, name)]
    .filter(({ attributes }) => !attributes.includes(' src=') && !isData(attributes))
    .map(({ body }) => body)
  return [...new Set(inline)].map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`)
}

/** The two that stand in the place of others, see `server/error-pages.ts`. */
export const STAND_INS = { 404: '/_not-found', 500: '/failure' }

/**
 * The page for a request, if it is one of these. Next never answers for them, whatever headers a request has: its
 * copy names the placeholder of the origin.
 */
export function findPage(pages: Map<string, Page>, request: IncomingMessage): Page | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const path = (request.url ?? '').split('?')[0] ?? ''
  return path === STAND_INS[404] ? undefined : pages.get(path)
}

/** Answers with a page: its bytes in the best encoding, or 304 where the browser has them. */
export function sendPage(page: Page, request: IncomingMessage, response: ServerResponse): void {
  const encoding = bestEncoding(String(request.headers['accept-encoding'] ?? ''))
  response.setHeader('Content-Security-Policy', page.policy)
  response.setHeader('ETag', page.etag)
  response.setHeader('Vary', 'Accept-Encoding, Cookie')
  // Always asked for again, never sent twice: a deploy is seen at once.
  response.setHeader('Cache-Control', 'no-cache')
  if (request.headers['if-none-match'] === page.etag) {
    response.writeHead(304).end()
    return
  }
  const body = page[encoding]
  if (encoding !== 'plain') response.setHeader('Content-Encoding', encoding)
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.byteLength })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function bestEncoding(accepted: string): 'br' | 'gzip' | 'plain' {
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'plain'
}
