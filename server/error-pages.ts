import type { ServerResponse } from 'node:http'
import { findElement } from '#server/elements'
import type { Page } from '#server/static-pages'

type ErrorPage = Pick<Page, 'plain' | 'policy'>
/** The pages that replace Next's responses of these statuses. */
export type ErrorPages = { 404?: ErrorPage; 500?: ErrorPage }

/**
 * Replaces HTML responses of 404 and 500 (an exception) by our own pages: Next's are empty until their script has run, and
 * have inline styles that our policy refuses. An HTML response of 400, 405, 429 or 503, which our handlers write, keeps its
 * title and main part and gets the frame of the site. All others are left as they are, problem+json among them.
 */
export function replaceErrorPages(response: ServerResponse, errorPages: ErrorPages): void {
  const { 404: missing, 500: failure } = errorPages
  // In development there are none: Next shows the error itself.
  if (!missing || !failure) return
  const { writeHead, write, end } = response
  /** Known once the head is written; `undefined`: the response is left as it is. */
  let replaced: 'whole' | 'framed' | undefined
  const parts: Buffer[] = []

  response.writeHead = ((status: number, ...rest: [never]) => {
    const given = rest.find((value: unknown) => typeof value === 'object') as
      | Record<string, string>
      | undefined
    const type = String(given?.['Content-Type'] ?? response.getHeader('content-type'))
    replaced = replacementFor(status, type)
    // A compressed body can't be read here.
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

  // Node would write the head by itself with the first bytes, without the check above.
  const decide = () => response.headersSent || replaced || response.writeHead(response.statusCode)
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) parts.push(Buffer.from(chunk as Uint8Array))
  }
  response.write = ((...given: [never]) => {
    decide()
    if (!replaced) return write.apply(response, given as never)
    keep(given[0])
    return true
  }) as typeof write
  response.end = ((...given: [never]) => {
    decide()
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
  return [400, 405, 429, 503].includes(status) ? 'framed' : undefined
}

/** A page with the title and the main part of another one. */
function frame(page: string, answer: string): string {
  const title = findElement(answer, 'title')?.body ?? ''
  const main = findElement(answer, 'main')?.body
  if (main === undefined) return answer
  return withBody(withBody(page, 'title', title), 'main', main)
}

function withBody(page: string, name: string, body: string): string {
  const found = findElement(page, name)
  if (!found) return page
  const { start, end, tag } = found
  return `${page.slice(0, start)}${tag}${body}</${name}>${page.slice(end)}`
}
