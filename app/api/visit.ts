import { headers } from 'next/headers'
import { cookie } from '#app/api/problem'
import { readConfig } from '#lib/config'
import { readCookies } from '#lib/guard/cookie'
import {
  findVisitToken,
  readVisit,
  VISITOR_COOKIE,
  VISITOR_SECONDS,
  type Visit,
  visitToken,
} from '#lib/leads/visitor'

/** The visit of the requesting browser: what it has sent and proved. For pages and handlers. */
export async function currentVisit(): Promise<Visit | undefined> {
  return readVisit(await currentVisitToken())
}

/** The visitor cookie's value, if its signature is valid. */
export async function currentVisitToken(): Promise<string | undefined> {
  return findVisitToken((await headers()).get('cookie'))
}

/** The value of another cookie of this site; `name`: without the `__Host-` prefix. */
export async function currentCookie(name: string): Promise<string | undefined> {
  return readCookies((await headers()).get('cookie'), name)[0]
}

/** The Set-Cookie value that stores a visit. */
export function visitCookie(visit: Visit): string {
  return cookie(VISITOR_COOKIE, visitToken(visit), VISITOR_SECONDS, readConfig().appUrl)
}
