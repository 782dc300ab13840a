import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Config } from '#lib/config'
import { replacePlaceholders } from '#lib/placeholders/settings'
import { isHydrated, readBuiltRoutes, readHtml, readPrerendered } from '#server/build-output'
import { type Element, findElements, replaceElements } from '#server/elements'
import { islandScript } from '#server/islands'
import { contentSecurityPolicy } from '#server/policy'

/**
 * The prerendered pages, completed at start and kept in memory: placeholders for APP_URL, TRIAL_DAYS and RETENTION_DAYS
 * replaced, Next's script removed from pages that it does not hydrate, and a CSP with the hashes of each page's inline
 * scripts.
 *
 * Served here and not by Next: the build stays read-only, so that many instances can share it, and a page costs a tenth of
 * the time (`lib/DECISIONS.md`).
 */

/** The error page for each status, see `server/error-pages.ts`. */
export const ERROR_PAGES = { 404: '/_not-found', 500: '/failure' } as const

/** The file of a stylesheet of the build, from its address. */
const STYLESHEET = /^\/_next\/(static\/[^?]+)/

export type Page = { policy: string; etag: string; plain: Buffer; gzip: Buffer; br: Buffer }

type Settings = Pick<Config, 'appUrl' | 'demoVideoUrl' | 'retentionDays' | 'trialDays'>

/** Reads and completes all prerendered pages, by path. */
export function readStaticPages(settings: Settings): Map<string, Page> {
  const pages = readPrerendered(readBuiltRoutes()).filter(({ route }) => route.kind === 'page')
  return new Map(
    pages.map(({ path, route }) => [path, complete(readHtml(path), isHydrated(route), settings)]),
  )
}

function complete(built: string, hydrated: boolean, config: Settings): Page {
  const placed = replacePlaceholders(built, config)
  const whole = config.demoVideoUrl ? withoutSample(placed) : placed
  const completed = hydrated ? whole : withStyles(withoutScripts(whole))
  const scripts = findElements(completed, 'script')
  const html = Buffer.from(completed)
  return {
    policy: contentSecurityPolicy({
      scripts: scripts.some((element) => !isData(element))
        ? `'self' ${hashesOf(completed, 'script').join(' ')}`.trim()
        : "'none'",
      styles: hydrated ? undefined : hashesOf(completed, 'style').join(' '),
    }),
    etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`,
    plain: html,
    gzip: gzipSync(html, { level: 9 }),
    br: brotliCompressSync(html),
  }
}

/** Whether a script element is JSON-LD, which never runs. */
const isData = ({ attributes }: Element) => attributes.type === JSON_LD
/** Whether a script stays in a page that Next does not hydrate: JSON-LD, and what a component marks. */
export const isKept = (element: Element) => isData(element) || 'data-kept' in element.attributes
const JSON_LD = 'application/ld+json'

/**
 * Disables the sample film's JSON-LD and hides its poster if the operator has their own film, but keeps the elements for
 * hydration.
 */
function withoutSample(html: string): string {
  const hidden = html.replaceAll('<figure data-sample-film=""', '<figure hidden')
  return replaceElements(hidden, 'script', (element) =>
    isData(element) && element.body.includes('"@type":"VideoObject"')
      ? `${element.tag.replace(JSON_LD, 'text/plain')}${element.body}</script>`
      : undefined,
  )
}

/** Replaces Next's script by that of the islands, if there are any. */
function withoutScripts(html: string): string {
  const without = replaceElements(html, 'script', (element) => (isKept(element) ? undefined : ''))
  const page = replaceElements(without, 'link', ({ attributes }) =>
    attributes.as === 'script' ? '' : undefined,
  )
  return page.replace('</head>', () => `${islandScript(page)}</head>`)
}

/**
 * Inlines the stylesheet into a page without script: one request less before the first paint, and the typeface comes on the
 * open connection. Hydrated pages keep the link, because React would request the file again.
 */
function withStyles(html: string): string {
  return replaceElements(html, 'link', ({ attributes: { rel, href = '' } }) => {
    const file = rel === 'stylesheet' ? STYLESHEET.exec(href)?.[1] : undefined
    if (!file) return undefined
    const css = readFileSync(join('.next', file), 'utf8')
    return `<style>${css.replaceAll('url(../media/', 'url(/_next/static/media/')}</style>`
  })
}

/** The CSP hash source of each inline element with this name. */
function hashesOf(html: string, name: string): string[] {
  const inline = findElements(html, name)
    .filter((element) => element.attributes.src === undefined && !isData(element))
    .map(({ body }) => body)
  return [...new Set(inline)].map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`)
}
