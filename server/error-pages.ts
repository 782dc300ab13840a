import type { ServerResponse } from 'node:http'
import { refusalHtml, wantsPage } from '#app/api/refusal'
import { findElement } from '#server/elements'
import { REASONS } from '#server/refusal'
import { toHeaders } from '#server/send-response'
import type { Page } from '#server/static-pages'

type ErrorPage = Pick<Page, 'plain' | 'policy'>
/** The page for each status. */
type ErrorPages = { 404?: ErrorPage; 500?: ErrorPage }

/**
 * Replaces HTML responses of 404 and 500 (an exception) by our prerendered pages: Next's are empty without script, and have
 * inline styles that our CSP blocks. Other HTML refusals, which our handlers write, keep their title and main element and get
 * the site's header and footer. Next's empty 405 becomes such a page for a browser. All others pass unchanged.
 */
export function replaceErrorPages(response: ServerResponse, errorPages: ErrorPages): void {
  const { 404: missing, 500: failure } = errorPages
  // In development there are none, and Next shows the error.
  if (!missing || !failure) return
  const { writeHead, write, end } = response
  /** Set when the head is written; undefined if the response passes unchanged. */
  let replaced: 'whole' | 'framed' | undefined
  const parts: Buffer[] = []

  response.writeHead = ((status: number, ...rest: [never]) => {
    const given = rest.find((value: unknown) => typeof value === 'object') as
      | Record<string, string>
      | undefined
    const type = String(given?.['Content-Type'] ?? response.getHeader('content-type'))
    // Next answers 405 with nothing.
    const asked = status === 405 && type === 'undefined' ? toHeaders(response.req.headers) : undefined
    if (asked && wantsPage(asked)) {
      replaced = 'framed'
      parts.push(Buffer.from(refusalHtml(asked, { status, detail: REASONS[405] })))
    } else replaced = replacementFor(status, type)
    // A compressed body can't be parsed.
    if (replaced === 'framed' && response.hasHeader('content-encoding')) replaced = undefined
    if (!replaced) return writeHead.call(response, status, ...rest)
    response.statusCode = status
    for (const [name, value] of Object.entries(given ?? {})) response.setHeader(name, value)
    if (replaced === 'whole') finish(status === 404 ? missing : failure)
    return response
  }) as typeof writeHead

  function finish({ plain: body, policy }: ErrorPage): void {
    for (const name of ['content-encoding', 'transfer-encoding', 'etag', 'link']) response.removeHeader(name)
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.setHeader('Content-Length', body.byteLength)
    response.setHeader('Cache-Control', 'private, no-store')
    writeHead.call(response, response.statusCode)
    end.call(response, body, 'utf8')
  }

  // Without a call of writeHead, Node writes the head with the first bytes and skips the check above.
  const ensureHead = () => response.headersSent || replaced || response.writeHead(response.statusCode)
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) parts.push(Buffer.from(chunk as Uint8Array))
  }
  response.write = ((...given: [never]) => {
    ensureHead()
    if (!replaced) return write.apply(response, given as never)
    keep(given[0])
    return true
  }) as typeof write
  response.end = ((...given: [never]) => {
    ensureHead()
    if (!replaced) return end.apply(response, given as never)
    keep(given[0])
    if (replaced === 'framed' && !response.headersSent)
      finish({
        ...failure,
        plain: Buffer.from(frame(failure.plain.toString(), Buffer.concat(parts).toString())),
      })
    return response
  }) as typeof end
}

function replacementFor(status: number, type: string): 'whole' | 'framed' | undefined {
  if (!type.startsWith('text/html')) return undefined
  if (status === 404 || status === 500) return 'whole'
  return status >= 400 ? 'framed' : undefined
}

/** The page with the title and the main element of a response. */
function frame(page: string, content: string): string {
  const title = findElement(content, 'title')?.body ?? ''
  const main = findElement(content, 'main')?.body
  if (main === undefined) return content
  return withBody(withBody(page, 'title', title), 'main', main)
}

function withBody(page: string, name: string, body: string): string {
  const found = findElement(page, name)
  if (!found) return page
  const { start, end, tag } = found
  return `${page.slice(0, start)}${tag}${body}</${name}>${page.slice(end)}`
}
