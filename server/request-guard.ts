import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { findVisit } from '#lib/leads/visitor'
import { readTarget } from '#server/request-target'
import type { FindRoute, RouteKind } from '#server/routes'

/** The parts of a request that `checkRequest` reads. */
type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers'>
export type Admitted = { kind: RouteKind; url: string; pageData: boolean }
export type Refused = { status: 308 | 400 | 404 | 405; headers: Record<string, string> }

/** Pages that accept a POST at their own path, and the handler for it. Mail programs know only the page's address. */
export const POSTS = new Map([
  ['/trial/confirm', '/api/trials/confirm'],
  ['/unsubscribe', '/api/unsubscribe'],
])

/** The prefilled trial form for a known visitor. */
export const KNOWN_TRIAL = '/trial/known'

const READ_METHODS = ['GET', 'HEAD']

/** Next answers 405 for a method that a handler lacks, but 500 for methods that it does not know. */
const API_METHODS = [...READ_METHODS, 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Admits requests for a known path, in its canonical spelling, with an allowed method. All others are refused before Next
 * sees them.
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
  // A POST to another path could reach Next's 404 page, which runs Server Actions.
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
 * Rewrites a URL: a page's own POST to its handler, and /trial to the prefilled form for a known visitor. Returns all others
 * unchanged.
 */
export function rewrite({ method, headers }: RequestHead, url: string): string {
  const [path = ''] = url.split('?', 1)
  const isKnown = path === '/trial' && findVisit(headers.cookie) !== undefined
  const page = isKnown ? KNOWN_TRIAL : undefined
  const other = method === 'POST' ? POSTS.get(path) : page
  return other ? `${other}${url.slice(path.length)}` : url
}

/**
 * Next redirects unless `_rsc` is a hash of certain other headers. We remove those headers, because a malformed one causes
 * a 500, so the right value is the hash of none: empty.
 */
function withPageData(query: string): string {
  const others = query
    .slice(1)
    .split('&')
    .filter((part) => part && !/^_rsc(?:=|$)/.test(part))
  return `?${[...others, '_rsc'].join('&')}`
}

/** The request headers that our code reads or HTTP needs. None of Next's own. */
export const KNOWN_HEADERS = new Set([
  ...['accept', 'accept-encoding', 'accept-language', 'authorization', 'connection', 'content-encoding'],
  ...['content-length', 'content-security-policy', 'content-type', 'cookie', 'dnt', 'idempotency-key'],
  ...['if-modified-since', 'if-none-match', 'if-range', 'origin', 'range', 'referer', 'sec-fetch-dest'],
  ...['sec-fetch-mode', 'sec-fetch-site', 'sec-gpc', 'transfer-encoding', 'user-agent', 'x-forwarded-for'],
  'x-trackstat-address',
])

/** Removes all other headers before Next sees them, and replaces the client's Host by our own. */
export function limitHeaders(headers: IncomingHttpHeaders, { pageData }: Admitted, appUrl: string): void {
  for (const name of Object.keys(headers))
    if (!KNOWN_HEADERS.has(name) && !(pageData && name === 'rsc')) delete headers[name]
  headers.host = new URL(appUrl).host
}
