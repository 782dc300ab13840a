import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { findVisitToken } from '#lib/leads/visitor'
import { readTarget } from '#server/request-target'
import type { FindRoute, RouteKind } from '#server/routes'

/** The parts of a request that `checkRequest` reads. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers'>
export type Admitted = { kind: RouteKind; url: string; pageData: boolean }
export type Refused = { status: 308 | 400 | 404 | 405; headers: Record<string, string> }

/** Pages that take a POST at their own address, as mail programs know no other, with the handler that answers it. */
export const POSTS = new Map([
  ['/trial/confirm', '/api/trials/confirm'],
  ['/unsubscribe', '/api/unsubscribe'],
])

/** The trial form, filled in for a visitor whom we know. */
export const KNOWN_TRIAL = '/trial/known'

const READ_METHODS = ['GET', 'HEAD']

/** Next answers 405 where a handler has no such method, and 500 to methods that it does not know. */
const API_METHODS = [...READ_METHODS, 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Admits requests for routes of the site, in one spelling of their address, by a method that they take. All others are
 * refused before Next sees them.
 */
export function checkRequest(head: RequestHead, findRoute: FindRoute): Admitted | Refused {
  const target = readTarget(head.url ?? '')
  if (!target) return refuse(400)
  const { path, query } = target
  const shorter = path.replace(/(?<=.)\/$/, '')
  if (shorter !== path && findRoute(shorter)) return refuse(308, { Location: `${shorter}${query}` })
  const method = head.method ?? ''
  const address = rewrite(head, path)
  const route = findRoute(address)
  if (!route) return refuse(404)
  // Elsewhere Next's 404 page could answer a POST, and it runs Server Actions.
  const methods = address.startsWith('/api/') ? API_METHODS : READ_METHODS
  if (!methods.includes(method))
    return refuse(405, { Allow: [...methods, ...(POSTS.has(path) ? ['POST'] : [])].join(', ') })
  const pageData = method === 'GET' && head.headers.rsc === '1' && route.polls === true
  return { kind: route.kind, url: `${address}${pageData ? withPageData(query) : query}`, pageData }
}

function refuse(status: Refused['status'], headers: Record<string, string> = {}): Refused {
  return { status, headers }
}

/**
 * The address of the route that answers: a POST at a page goes to its handler, and a known visitor gets the trial form
 * filled in. All others are the address itself.
 */
export function rewrite({ method, headers }: RequestHead, url: string): string {
  const [path = ''] = url.split('?', 1)
  const isKnown = path === '/trial' && findVisitToken(headers.cookie) !== undefined
  const page = isKnown ? KNOWN_TRIAL : undefined
  const other = method === 'POST' ? POSTS.get(path) : page
  return other ? `${other}${url.slice(path.length)}` : url
}

/**
 * Next redirects unless `_rsc` is a hash over the headers that it reads beside `RSC`. None of them reaches it (a
 * malformed router state is a 500), so the hash is the empty one.
 */
function withPageData(query: string): string {
  const others = query
    .slice(1)
    .split('&')
    .filter((part) => part && !/^_rsc(?:=|$)/.test(part))
  return `?${[...others, '_rsc'].join('&')}`
}

/** The request headers that our code reads, and those of HTTP itself. None of Next's own. */
export const KNOWN_HEADERS = new Set([
  ...['accept', 'accept-encoding', 'accept-language', 'authorization', 'connection', 'content-encoding'],
  ...['content-length', 'content-security-policy', 'content-type', 'cookie', 'dnt', 'idempotency-key'],
  ...['if-modified-since', 'if-none-match', 'if-range', 'origin', 'range', 'referer', 'sec-fetch-dest'],
  ...['sec-fetch-mode', 'sec-fetch-site', 'sec-gpc', 'transfer-encoding', 'user-agent', 'x-forwarded-for'],
  'x-trackstat-address',
])

/** Removes all other headers before Next sees them, and sets our own host in place of the client's. */
export function limitHeaders(headers: IncomingHttpHeaders, { pageData }: Admitted, appUrl: string): void {
  for (const name of Object.keys(headers))
    if (!KNOWN_HEADERS.has(name) && !(pageData && name === 'rsc')) delete headers[name]
  headers.host = new URL(appUrl).host
}
