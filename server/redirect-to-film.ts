import type { IncomingMessage, ServerResponse } from 'node:http'
import { mayWatch } from '#lib/demo/may-watch'
import { readCookies } from '#lib/guard/cookie'
import { findVisit } from '#lib/leads/visitor'
import { WATCH_COOKIE } from '#lib/leads/watch-pass'

/**
 * Redirects a browser that filled out the demo form before from the form to the film. With the query `again` it gets the
 * form, to correct an address. No cache keeps the redirect, and caches ask before they use the page itself.
 * @returns whether the request is answered
 */
export async function redirectToFilm(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const [path, query] = (request.url ?? '').split('?')
  if (path !== '/demo' || !['GET', 'HEAD'].includes(request.method ?? '')) return false
  if (new URLSearchParams(query).has('again')) return false
  const { cookie } = request.headers
  // Without a database the form is shown, and says so when it is sent.
  const may = await mayWatch(findVisit(cookie), readCookies(cookie, WATCH_COOKIE)[0]).catch(() => false)
  if (!may) return false
  response.setHeader('Vary', 'Cookie')
  response.setHeader('Cache-Control', 'private, no-store')
  response.writeHead(303, { Location: '/demo/watch' }).end()
  return true
}
