import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Config } from '#lib/config'
import { replaceDurations } from '#lib/placeholders/durations'
import { ORIGIN_PLACEHOLDER } from '#lib/placeholders/public-origin'
import { readBuiltRoutes, readHtml, readPrerendered } from '#server/build-output'
import { type Element, findElements, replaceElements } from '#server/elements'
import { contentSecurityPolicy } from '#server/policy'

/**
 * The prerendered pages, completed when the process starts and kept in memory: with the public origin and the lengths
 * of time that they name, which are settings that the build does not know; without Next's script where a page has no
 * client component; with a policy that allows just the inline scripts that they have.
 *
 * They are answered here and not by Next: nothing is written into the build (so that it may be read-only
 * and shared by many instances), and a page costs a tenth of the time. Figures: `lib/DECISIONS.md`.
 */
/** The pages that replace Next's responses of these statuses, see `server/error-pages.ts`. */
export const ERROR_PAGES = { 404: '/_not-found', 500: '/failure' } as const

/** The file of a stylesheet of the build, from its address. */
const STYLESHEET = /^\/_next\/(static\/[^?]+)/

export type Page = { policy: string; etag: string; plain: Buffer; gzip: Buffer; br: Buffer }

type Settings = Pick<Config, 'appUrl' | 'demoVideoUrl' | 'retentionDays' | 'trialDays'>

/** Reads all prerendered pages, by path, and completes them with what the build could not know. */
export function readStaticPages(settings: Settings): Map<string, Page> {
  const pages = readPrerendered(readBuiltRoutes()).filter(({ route }) => route.kind === 'page')
  return new Map(
    pages.map(({ path, route }) => [
      path,
      complete(readHtml(path), route.clientComponents.length > 0, settings),
    ]),
  )
}

function complete(built: string, scripted: boolean, config: Settings): Page {
  const placed = replaceDurations(built.replaceAll(ORIGIN_PLACEHOLDER, config.appUrl), config)
  const whole = config.demoVideoUrl ? withoutSample(placed) : placed
  const completed = scripted ? whole : withStyles(withoutScripts(whole))
  const html = Buffer.from(completed)
  return {
    policy: contentSecurityPolicy({
      scripts: scripted ? `'self' ${hashesOf(whole, 'script').join(' ')}` : "'none'",
      styles: scripted ? undefined : hashesOf(completed, 'style').join(' '),
    }),
    etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`,
    plain: html,
    gzip: gzipSync(html, { level: 9 }),
    br: brotliCompressSync(html),
  }
}

/** Data in a script element (JSON-LD) stays: it never runs. */
export const isData = ({ attributes }: Element) => attributes.type === JSON_LD
const JSON_LD = 'application/ld+json'

/**
 * Disables the sample film's JSON-LD where the operator has a film of their own, but keeps the element for
 * hydration.
 */
function withoutSample(html: string): string {
  return replaceElements(html, 'script', (element) =>
    isData(element) && element.body.includes('"@type":"VideoObject"')
      ? `${element.tag.replace(JSON_LD, 'text/plain')}${element.body}</script>`
      : undefined,
  )
}

function withoutScripts(html: string): string {
  const without = replaceElements(html, 'script', (element) => (isData(element) ? undefined : ''))
  return replaceElements(without, 'link', ({ attributes }) => (attributes.as === 'script' ? '' : undefined))
}

/**
 * Puts the stylesheet into a page that no script takes over (React would ask for the file again): one
 * request less before the first paint, and the typeface comes on the connection that is open already.
 */
function withStyles(html: string): string {
  return replaceElements(html, 'link', ({ attributes: { rel, href = '' } }) => {
    const file = rel === 'stylesheet' ? STYLESHEET.exec(href)?.[1] : undefined
    if (!file) return undefined
    const css = readFileSync(join('.next', file), 'utf8')
    return `<style>${css.replaceAll('url(../media/', 'url(/_next/static/media/')}</style>`
  })
}

/** The hash source of each inline element of a name, over its exact bytes. */
function hashesOf(html: string, name: string): string[] {
  const inline = findElements(html, name)
    .filter((element) => element.attributes.src === undefined && !isData(element))
    .map(({ body }) => body)
  return [...new Set(inline)].map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`)
}
