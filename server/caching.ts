import type { ServerResponse } from 'node:http'
import type { RouteKind } from '#server/routes'

/**
 * Sets `private, no-store` on every response from Next, except files, and handler responses with their own
 * Cache-Control. Next lets shared caches keep its copy of a prerendered page for a year (`s-maxage`).
 */
export function limitCaching(response: ServerResponse, kind: RouteKind): void {
  const { writeHead } = response
  response.writeHead = ((status: number, ...rest: [never]) => {
    const given = rest.find((value: unknown) => typeof value === 'object')
    for (const [name, value] of Object.entries<string>(given ?? {})) response.setHeader(name, value)
    // A 304 without Cache-Control keeps the cached response's (RFC 9111 §4.3.4).
    if (status !== 304 && !mayBeCached(response, status, kind))
      response.setHeader('Cache-Control', 'private, no-store')
    return writeHead.call(response, status)
  }) as typeof writeHead
}

function mayBeCached(response: ServerResponse, status: number, kind: RouteKind): boolean {
  const time = String(response.getHeader('cache-control') ?? 's-maxage')
  const type = String(response.getHeader('content-type'))
  return kind !== 'page' && status < 300 && !time.includes('s-maxage') && !/html|x-component/.test(type)
}
