import type { IncomingMessage, ServerResponse } from 'node:http'
import fresh from 'fresh'
import { ERROR_PAGES, type Page } from '#server/static-pages'

/**
 * The prerendered page for a request, if there is one. Next must never serve it, because its copy contains the
 * placeholders.
 */
export function findPage(pages: Map<string, Page>, request: IncomingMessage): Page | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const path = (request.url ?? '').split('?')[0] ?? ''
  return path === ERROR_PAGES[404] ? undefined : pages.get(path)
}

/** Sends a page in the best encoding, or 304 if the browser has it. */
export function sendPage(page: Page, request: IncomingMessage, response: ServerResponse): void {
  const encoding = bestEncoding(String(request.headers['accept-encoding'] ?? ''))
  response.setHeader('Content-Security-Policy', page.policy)
  response.setHeader('ETag', page.etag)
  response.setHeader('Vary', 'Accept-Encoding, Cookie')
  // Browsers revalidate at each request, so that a deploy shows immediately.
  response.setHeader('Cache-Control', 'no-cache')
  // Only this header: clients that check their copy with `no-cache` want a 304, too.
  if (fresh({ 'if-none-match': request.headers['if-none-match'] }, { etag: page.etag })) {
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
