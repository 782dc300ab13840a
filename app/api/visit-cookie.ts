import { cookie } from '#app/api/problem'
import { readConfig } from '#lib/config'
import { VISITOR_COOKIE, VISITOR_SECONDS, type Visit, visitToken } from '#lib/leads/visitor'

/** The Set-Cookie value that stores a visit. */
export function visitCookie(visit: Visit): string {
  return cookie(VISITOR_COOKIE, visitToken(visit), VISITOR_SECONDS, readConfig().appUrl)
}
