import type { ServerResponse } from 'node:http'
import { findElement } from '#server/elements'
import type { Page } from '#server/static-pages'

type StandIn = Pick<Page, 'plain' | 'policy'>
/** The pages that stand in for answers of these statuses. */
export type StandIns = { 404?: StandIn; 500?: StandIn }

/**
 * Puts our own page in the place of an HTML answer of 500, which is what an exception becomes, and of 404. Next's own is empty
 * until its script has run, so a visitor without script would look at nothing, or has scripts that our policy refuses.
 * A page that was made by hand (400, 405; 429 and 503, which hold what a visitor typed) is put into that page's frame.
 * All others pass untouched, problem+json among them.
 */
export function replaceFailures(response: ServerResponse, standIns: StandIns): void {
  const { 404: missing, 500: failure } = standIns
  // While developing there are none: Next shows what is wrong.
  if (!missing || !failure) return
  const { writeHead, write, end } = response
  /** What becomes of the answer, once its head is known: `undefined` passes. */
  let replaced: 'whole' | 'framed' | undefined
  const parts: Buffer[] = []

  response.writeHead = ((status: number, ...rest: [never]) => {
    const given = rest.find((value: unknown) => typeof value === 'object') as
      | Record<string, string>
      | undefined
    const type = String(given?.['Content-Type'] ?? response.getHeader('content-type'))
    replaced = fateOf(status, type)
    // What is compressed can't be put into anything.
    if (replaced === 'framed' && response.hasHeader('content-encoding')) replaced = undefined
    if (!replaced) return writeHead.call(response, status, ...rest)
    response.statusCode = status
    for (const [name, value] of Object.entries(given ?? {})) response.setHeader(name, value)
    if (replaced === 'whole') finish(status === 404 ? missing : failure)
    return response
  }) as typeof writeHead

  function finish({ plain: body, policy }: StandIn): void {
    for (const name of ['content-encoding', 'transfer-encoding', 'etag', 'link']) response.removeHeader(name)
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.setHeader('Content-Length', body.byteLength)
    response.setHeader('Cache-Control', 'private, no-store')
    writeHead.call(response, response.statusCode)
    end.call(response, body, 'utf8')
  }

  // Node would write the head itself with the first bytes; it has to pass by the check above.
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

function fateOf(status: number, type: string): 'whole' | 'framed' | undefined {
  if (!type.startsWith('text/html')) return undefined
  if (status === 404 || status === 500) return 'whole'
  return [400, 405, 429, 503].includes(status) ? 'framed' : undefined
}

/** The title and the main part of an answer, within all else of a page. */
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
