import { cookies } from 'next/headers'
import { cookie } from '#app/api/problem'
import { readConfig } from '#lib/config'
import { readVisit, VISITOR_COOKIE, VISITOR_SECONDS, type Visit, visitToken } from '#lib/leads/visitor'

/** What the browser that asks has sent and proved. For pages and handlers. */
export async function currentVisit(): Promise<Visit | undefined> {
  return readVisit((await cookies()).get(VISITOR_COOKIE)?.value)
}

/** The cookie that goes with an answer after which this is so. */
export function visitCookie(visit: Visit): string {
  return cookie(VISITOR_COOKIE, visitToken(visit), VISITOR_SECONDS, readConfig().appUrl)
}
