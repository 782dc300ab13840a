import type { ServerResponse } from 'node:http'
import type { Page } from '#app/prerendered'

/**
 * Puts our own page in the place of an HTML answer of 500, which is what an exception becomes. Next's own is empty until its script
 * has run, so a visitor without script would look at nothing; its inline style is refused by our policy.
 * All others pass untouched: problem+json, and the 503 page of ours that holds what a visitor typed.
 */
export function replaceFailures(response: ServerResponse, page: Pick<Page, 'plain' | 'policy'>): void {
  const { writeHead, write, end } = response
  let replaced = false

  response.writeHead = ((status: number, ...rest: [never]) => {
    const headers = rest.find((value: unknown) => typeof value === 'object') as
      | Record<string, string>
      | undefined
    const type = headers?.['Content-Type'] ?? response.getHeader('content-type')
    if (status !== 500 || !String(type).startsWith('text/html'))
      return writeHead.call(response, status, ...rest)
    replaced = true
    for (const name of ['content-encoding', 'transfer-encoding', 'etag', 'link']) response.removeHeader(name)
    response.setHeader('Content-Security-Policy', page.policy)
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.setHeader('Content-Length', page.plain.byteLength)
    response.setHeader('Cache-Control', 'no-store')
    writeHead.call(response, status)
    end.call(response, page.plain, 'utf8')
    return response
  }) as typeof writeHead

  // Node would write the head itself with the first bytes; it has to pass by the check above.
  const decide = () => response.headersSent || response.writeHead(response.statusCode)
  response.write = ((...given: [never]) => {
    decide()
    return replaced || write.apply(response, given as never)
  }) as typeof write
  response.end = ((...given: [never]) => {
    decide()
    return replaced ? response : end.apply(response, given as never)
  }) as typeof end
}
