import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ORIGIN_PLACEHOLDER } from '#app/origin'
import { contentSecurityPolicy } from '#app/policy'

/**
 * The last step of a prerendered page: its public origin, its scripts, its policy. It comes after the
 * build, because the origin is a setting and the hashes depend on it, and before the first request,
 * because Next keeps a page in memory once it has served it.
 */
const PAGES = '.next/server/app'
const PRISTINE = '.next/pristine'
const STAMP = '.next/finished-for'

/** The pages that have a script of ours. From all others Next's own is taken out: nothing needs it. */
const WITH_SCRIPT = new Set(['demo.html', 'trial.html', 'contact.html'])

/** Keeps the pages as they were built, to be finished as often as the origin changes. */
export function keepPristine(): void {
  rmSync(PRISTINE, { recursive: true, force: true })
  for (const page of globSync('**/*.html', { cwd: PAGES })) {
    mkdirSync(dirname(join(PRISTINE, page)), { recursive: true })
    writeFileSync(join(PRISTINE, page), readFileSync(join(PAGES, page)))
  }
  rmSync(STAMP, { force: true })
}

/** Finishes all pages for an origin. Does nothing where that is done already. */
export function finishPages(appUrl: string): void {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === appUrl) return
  for (const page of globSync('**/*.html', { cwd: PRISTINE })) finishPage(page, appUrl)
  writeFileSync(STAMP, appUrl)
}

function finishPage(page: string, appUrl: string): void {
  const built = readFileSync(join(PRISTINE, page), 'utf8').replaceAll(ORIGIN_PLACEHOLDER, appUrl)
  const scripted = WITH_SCRIPT.has(page)
  const html = scripted ? built : withoutScripts(built)
  const metaPath = join(PAGES, page.replace(/\.html$/, '.meta'))
  const meta = existsSync(metaPath) ? JSON.parse(readFileSync(metaPath, 'utf8')) : {}
  const policy = contentSecurityPolicy(scripted ? `'self' ${hashesOf(html).join(' ')}` : "'none'")
  meta.headers = { ...meta.headers, 'content-security-policy': policy }
  writeFileSync(join(PAGES, page), html)
  writeFileSync(metaPath, JSON.stringify(meta))
}

function withoutScripts(html: string): string {
  return html
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<link\b[^>]*\bas="script"[^>]*>/g, '')
}

/** The hash source of each inline script, over its exact bytes. */
function hashesOf(html: string): string[] {
  const inline = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
    .filter(([, attributes]) => !/\bsrc=/.test(attributes ?? ''))
    .map(([, , body]) => body ?? '')
  return [...new Set(inline)].map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`)
}
