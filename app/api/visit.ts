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

/** What the browser that asks has sent and proved. For pages and handlers. */
export async function currentVisit(): Promise<Visit | undefined> {
  return readVisit(await currentVisitToken())
}

/** The visitor's cookie of the browser that asks, if it is one of ours. */
export async function currentVisitToken(): Promise<string | undefined> {
  return findVisitToken((await headers()).get('cookie'))
}

/** Another cookie of ours, by its name without prefix. */
export async function currentCookie(name: string): Promise<string | undefined> {
  return readCookies((await headers()).get('cookie'), name)[0]
}

/** The cookie that goes with an answer after which this is so. */
export function visitCookie(visit: Visit): string {
  return cookie(VISITOR_COOKIE, visitToken(visit), VISITOR_SECONDS, readConfig().appUrl)
}
